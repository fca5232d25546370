synproof script 1
set policy = linux
set policy.sws = off
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 1
set B.open = passive
set A.iss = 2940609490
set B.iss = 2060392410
set A.send = 3000
set B.send = 0
set A.write = 3000
set B.read = off
set A.window = 64512
set B.window = 1448
set A.aborts = 1
set B.aborts = 1
set A.timeouts = 15
set B.timeouts = 15
set A.user_timeouts = 1
set B.user_timeouts = 1
expect PASS

B open passive
A open active iss=2940609490
B inject SYN seq=2940609490 wnd=64240 mss=1460 scale=10 sack-ok ts=903941454/0 iss=2060392410 now=1210779657 for=1
A inject SYN,ACK seq=2060392410 ack=2940609491 wnd=1448 mss=1460 scale=0 sack-ok ts=1210779657/903941454 now=903941454 for=2
B inject ACK seq=2940609491 ack=2060392411 wnd=63 ts=903941454/1210779657 now=1210779748 for=3
A send 724
A send 724
B inject ACK seq=2940609491 ack=2060392411 wnd=63 len=724 ts=903941545/1210779657 now=1210779748 for=4
B timer delayed-ack
B inject PSH,ACK seq=2940610215 ack=2060392411 wnd=63 len=724 text=724 ts=903941545/1210779657 now=1210779792 for=5
A inject ACK seq=2060392411 ack=2940610215 wnd=724 ts=1210779748/903941545 now=903941801 for=6
B timer delayed-ack
A inject ACK seq=2060392411 ack=2940610939 wnd=0 ts=1210779792/903941545 now=903941801 for=7
A send 724
A timer persist
B inject ACK seq=2940610938 ack=2060392411 wnd=63 ts=903941801/1210779792 now=1210780004
A inject ACK seq=2060392411 ack=2940610939 wnd=0 ts=1210780004/903941545 now=903942233 for=9
A timer persist
B inject ACK seq=2940610938 ack=2060392411 wnd=63 ts=903942233/1210780004 now=1210780648
B receive 725
A inject ACK seq=2060392411 ack=2940610939 wnd=724 ts=1210780648/903941545 now=903942445 for=11
lose 8
lose 10
B inject ACK seq=2940610939 ack=2060392411 wnd=63 len=724 text=1448 ts=903942445/1210780648 now=1210780648 for=13
B timer delayed-ack
lose 12
A inject ACK seq=2060392411 ack=2940611663 wnd=0 ts=1210780648/903942445 now=903942535 for=14
B receive 724
A inject ACK seq=2060392411 ack=2940611663 wnd=724 ts=1210780738/903942445 now=903942535 for=15
A send 724
B inject ACK seq=2940611663 ack=2060392411 wnd=63 len=724 text=2172 ts=903942535/1210780738 now=1210780780 for=16
B timer delayed-ack
A inject ACK seq=2060392411 ack=2940612387 wnd=0 ts=1210780780/903942535 now=903942667 for=17
B receive 724
A inject ACK seq=2060392411 ack=2940612387 wnd=724 ts=1210780870/903942535 now=903942667 for=18
A send 104
B inject PSH,ACK seq=2940612387 ack=2060392411 wnd=63 len=104 text=2896 ts=903942667/1210780870 now=1210780912 for=19
B receive 104
A inject ACK seq=2060392411 ack=2940612491 wnd=724 ts=1210780912/903942667 now=903942889 for=20
A close
B inject FIN,ACK seq=2940612491 ack=2060392411 wnd=63 ts=903942889/1210780912 now=1210781136 for=21
A inject ACK seq=2060392411 ack=2940612492 wnd=724 ts=1210781136/903942889 now=903943023 for=22
B receive 723
B close
A inject FIN,ACK seq=2060392411 ack=2940612492 wnd=724 ts=1210781226/903942889 now=903943023 for=23
B inject ACK seq=2940612492 ack=2060392412 wnd=63 ts=903943023/1210781226 now=1210781226 for=24
