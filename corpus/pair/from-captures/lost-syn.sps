synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 2683999873
set B.iss = 1819558134
set A.send = 5
set B.send = 0
set A.write = 5
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
A open active iss=2683999873
A vanish SYN seq=2683999873 wnd=64240 mss=1460 scale=10 sack-ok ts=903925031/0 for=1
A timer retransmission
B inject SYN seq=2683999873 wnd=64240 mss=1460 scale=10 sack-ok ts=903926041/0 iss=1819558134 now=1210764244 for=2
A inject SYN,ACK seq=1819558134 ack=2683999874 wnd=65160 mss=1460 scale=10 sack-ok ts=1210764244/903926041 now=903926041 for=3
B inject ACK seq=2683999874 ack=1819558135 wnd=63 ts=903926041/1210764244 now=1210764424 for=4
A send 5
B inject PSH,ACK seq=2683999874 ack=1819558135 wnd=63 len=5 ts=903926221/1210764244 now=1210764424 for=5
B timer delayed-ack
A inject ACK seq=1819558135 ack=2683999879 wnd=64 ts=1210764424/903926221 now=903926312 for=6
A close
B inject FIN,ACK seq=2683999879 ack=1819558135 wnd=63 ts=903926312/1210764424 now=1210764556 for=7
A inject ACK seq=1819558135 ack=2683999880 wnd=64 ts=1210764556/903926312 now=903926443 for=8
B close
A inject FIN,ACK seq=1819558135 ack=2683999880 wnd=64 ts=1210764646/903926312 now=903926443 for=9
B inject ACK seq=2683999880 ack=1819558136 wnd=63 ts=903926443/1210764646 now=1210764646 for=10
