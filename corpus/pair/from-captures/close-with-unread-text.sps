synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 3031747643
set B.iss = 2151530558
set A.send = 9
set B.send = 0
set A.write = 9
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
A open active iss=3031747643
B inject SYN seq=3031747643 wnd=64240 mss=1460 scale=10 sack-ok ts=903947287/0 iss=2151530558 now=1210785490 for=1
A inject SYN,ACK seq=2151530558 ack=3031747644 wnd=65160 mss=1460 scale=10 sack-ok ts=1210785490/903947287 now=903947287 for=2
B inject ACK seq=3031747644 ack=2151530559 wnd=63 ts=903947287/1210785490 now=1210785580 for=3
A send 9
B inject PSH,ACK seq=3031747644 ack=2151530559 wnd=63 len=9 ts=903947377/1210785490 now=1210785580 for=4
B timer delayed-ack
A inject ACK seq=2151530559 ack=3031747653 wnd=64 ts=1210785580/903947377 now=903947377 for=5
B abort
A inject RST,ACK seq=2151530559 ack=3031747653 wnd=64 ts=1210785671/903947377 now=903947377 for=6
