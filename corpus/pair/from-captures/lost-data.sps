synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 2852571918
set B.iss = 1972354866
set A.send = 80
set B.send = 0
set A.write = 80
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
A open active iss=2852571918
B inject SYN seq=2852571918 wnd=64240 mss=1460 scale=10 sack-ok ts=903935820/0 iss=1972354866 now=1210774023 for=1
A inject SYN,ACK seq=1972354866 ack=2852571919 wnd=65160 mss=1460 scale=10 sack-ok ts=1210774023/903935820 now=903935820 for=2
B inject ACK seq=2852571919 ack=1972354867 wnd=63 ts=903935820/1210774023 now=1210774113 for=3
A send 10
A send 20
A vanish PSH,ACK seq=2852571929 ack=1972354867 wnd=63 len=20 text=10 ts=903935910/1210774023 for=5
A send 30
B inject PSH,ACK seq=2852571919 ack=1972354867 wnd=63 len=10 ts=903935910/1210774023 now=1210774113 for=4
B timer delayed-ack
B inject PSH,ACK seq=2852571949 ack=1972354867 wnd=63 len=30 text=30 ts=903935910/1210774023 now=1210774113 for=6
A inject ACK seq=1972354867 ack=2852571929 wnd=64 ts=1210774113/903935910 now=903935917 for=7
A inject ACK seq=1972354867 ack=2852571929 wnd=64 ts=1210774113/903935910 sack=2852571949-2852571979 now=903935917 for=8
A timer retransmission
B inject PSH,ACK seq=2852571929 ack=1972354867 wnd=63 len=20 text=10 ts=903935917/1210774113 now=1210774120 for=9
A inject ACK seq=1972354867 ack=2852571979 wnd=64 ts=1210774120/903935917 now=903937198 for=10
A close
B inject FIN,ACK seq=2852571979 ack=1972354867 wnd=63 ts=903937198/1210774120 now=1210775444 for=11
A inject ACK seq=1972354867 ack=2852571980 wnd=64 ts=1210775444/903937198 now=903937331 for=12
B close
A inject FIN,ACK seq=1972354867 ack=2852571980 wnd=64 ts=1210775534/903937198 now=903937331 for=13
B inject ACK seq=2852571980 ack=1972354868 wnd=63 ts=903937331/1210775534 now=1210775534 for=14
