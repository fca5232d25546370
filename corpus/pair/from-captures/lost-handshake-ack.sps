synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 2732578849
set B.iss = 1852361685
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
A open active iss=2732578849
B inject SYN seq=2732578849 wnd=64240 mss=1460 scale=10 sack-ok ts=903928140/0 iss=1852361685 now=1210766343 for=1
A inject SYN,ACK seq=1852361685 ack=2732578850 wnd=65160 mss=1460 scale=10 sack-ok ts=1210766343/903928140 now=903928140 for=2
A vanish ACK seq=2732578850 ack=1852361686 wnd=63 ts=903928140/1210766343 for=3
A send 5
B inject PSH,ACK seq=2732578850 ack=1852361686 wnd=63 len=5 ts=903928230/1210766343 now=1210766434 for=4
B timer delayed-ack
A inject ACK seq=1852361686 ack=2732578855 wnd=64 ts=1210766434/903928230 now=903928321 for=5
A close
B inject FIN,ACK seq=2732578855 ack=1852361686 wnd=63 ts=903928321/1210766434 now=1210766568 for=6
A inject ACK seq=1852361686 ack=2732578856 wnd=64 ts=1210766568/903928321 now=903928455 for=7
B close
A inject FIN,ACK seq=1852361686 ack=2732578856 wnd=64 ts=1210766658/903928321 now=903928455 for=8
B inject ACK seq=2732578856 ack=1852361687 wnd=63 ts=903928455/1210766658 now=1210766658 for=9
