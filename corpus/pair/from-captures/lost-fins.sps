synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 2766742620
set B.iss = 1886525613
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
A open active iss=2766742620
B inject SYN seq=2766742620 wnd=64240 mss=1460 scale=10 sack-ok ts=903930327/0 iss=1886525613 now=1210768530 for=1
A inject SYN,ACK seq=1886525613 ack=2766742621 wnd=65160 mss=1460 scale=10 sack-ok ts=1210768530/903930327 now=903930327 for=2
B inject ACK seq=2766742621 ack=1886525614 wnd=63 ts=903930327/1210768530 now=1210768832 for=3
A close
A vanish FIN,ACK seq=2766742621 ack=1886525614 wnd=63 ts=903930417/1210768530 for=4
A timer retransmission
B inject FIN,ACK seq=2766742621 ack=1886525614 wnd=63 ts=903930625/1210768530 now=1210768832 for=5
A inject ACK seq=1886525614 ack=2766742622 wnd=64 ts=1210768832/903930625 now=903931813 for=6
B close
B vanish FIN,ACK seq=1886525614 ack=2766742622 wnd=64 ts=1210769811/903930625 for=7
B timer retransmission
A inject FIN,ACK seq=1886525614 ack=2766742622 wnd=64 ts=1210770016/903930625 now=903931813 for=8
B inject ACK seq=2766742622 ack=1886525615 wnd=63 ts=903931813/1210770016 now=1210770016 for=9
