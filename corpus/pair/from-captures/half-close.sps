synproof script 1
set policy = linux
set policy.close_unread = fin
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 2751889158
set B.iss = 1871672403
set A.send = 7
set B.send = 300
set A.write = 7
set B.write = 300
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
A open active iss=2751889158
B inject SYN seq=2751889158 wnd=64240 mss=1460 scale=10 sack-ok ts=903929376/0 iss=1871672403 now=1210767579 for=1
A inject SYN,ACK seq=1871672403 ack=2751889159 wnd=65160 mss=1460 scale=10 sack-ok ts=1210767579/903929376 now=903929376 for=2
B inject ACK seq=2751889159 ack=1871672404 wnd=63 ts=903929376/1210767579 now=1210767669 for=3
A send 7
A close
B inject PSH,ACK seq=2751889159 ack=1871672404 wnd=63 len=7 ts=903929466/1210767579 now=1210767669 for=4
B timer delayed-ack
B inject FIN,ACK seq=2751889166 ack=1871672404 wnd=63 ts=903929466/1210767579 now=1210767712 for=5
A inject ACK seq=1871672404 ack=2751889166 wnd=64 ts=1210767669/903929466 now=903929599 for=6
A inject ACK seq=1871672404 ack=2751889167 wnd=64 ts=1210767712/903929466 now=903929599 for=7
B send 100
A inject PSH,ACK seq=1871672404 ack=2751889167 wnd=64 len=100 ts=1210767802/903929466 now=903929599 for=8
A timer delayed-ack
B inject ACK seq=2751889167 ack=1871672504 wnd=63 ts=903929599/1210767802 now=1210767892 for=9
B send 200
A inject PSH,ACK seq=1871672504 ack=2751889167 wnd=64 len=200 text=100 ts=1210767892/903929599 now=903929689 for=10
A timer delayed-ack
B inject ACK seq=2751889167 ack=1871672704 wnd=63 ts=903929689/1210767892 now=1210767983 for=11
B close
A inject FIN,ACK seq=1871672704 ack=2751889167 wnd=64 ts=1210767983/903929689 now=903929780 for=12
B inject ACK seq=2751889167 ack=1871672705 wnd=63 ts=903929780/1210767983 now=1210767983 for=13
