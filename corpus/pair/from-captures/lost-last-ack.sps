synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 2806289633
set B.iss = 1926072632
set A.send = 0
set B.send = 0
set A.window = 64512
set B.window = 65536
set A.aborts = 1
set B.aborts = 1
set A.timeouts = 15
set B.timeouts = 15
set A.user_timeouts = 1
set B.user_timeouts = 1
expect PASS

B open passive
A open active iss=2806289633
B inject SYN seq=2806289633 wnd=64240 mss=1460 scale=10 sack-ok ts=903932858/0 iss=1926072632 now=1210771061 for=1
A inject SYN,ACK seq=1926072632 ack=2806289634 wnd=65160 mss=1460 scale=10 sack-ok ts=1210771061/903932858 now=903932858 for=2
B inject ACK seq=2806289634 ack=1926072633 wnd=63 ts=903932858/1210771061 now=1210771152 for=3
A close
B inject FIN,ACK seq=2806289634 ack=1926072633 wnd=63 ts=903932948/1210771061 now=1210771152 for=4
A inject ACK seq=1926072633 ack=2806289635 wnd=64 ts=1210771152/903932948 now=903934139 for=5
B close
A inject FIN,ACK seq=1926072633 ack=2806289635 wnd=64 ts=1210772342/903932948 now=903934139 for=6
A vanish ACK seq=2806289635 ack=1926072634 wnd=63 ts=903934139/1210772342 for=7
B timer retransmission
A inject FIN,ACK seq=1926072633 ack=2806289635 wnd=64 ts=1210772548/903932948 now=903934345 for=8
B inject ACK seq=2806289635 ack=1926072634 wnd=63 ts=903934345/1210772342 now=1210772548 for=9
