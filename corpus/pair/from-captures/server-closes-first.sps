synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 2846002638
set B.iss = 1965785797
set A.send = 4
set B.send = 0
set A.write = 4
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
A open active iss=2846002638
B inject SYN seq=2846002638 wnd=64240 mss=1460 scale=10 sack-ok ts=903935399/0 iss=1965785797 now=1210773602 for=1
A inject SYN,ACK seq=1965785797 ack=2846002639 wnd=65160 mss=1460 scale=10 sack-ok ts=1210773602/903935399 now=903935399 for=2
B inject ACK seq=2846002639 ack=1965785798 wnd=63 ts=903935399/1210773602 now=1210773693 for=3
A send 4
B inject PSH,ACK seq=2846002639 ack=1965785798 wnd=63 len=4 ts=903935490/1210773602 now=1210773693 for=4
B timer delayed-ack
A inject ACK seq=1965785798 ack=2846002643 wnd=64 ts=1210773693/903935490 now=903935581 for=5
B close
A inject FIN,ACK seq=1965785798 ack=2846002643 wnd=64 ts=1210773783/903935490 now=903935581 for=6
B inject ACK seq=2846002643 ack=1965785799 wnd=63 ts=903935581/1210773783 now=1210773874 for=7
A close
B inject FIN,ACK seq=2846002643 ack=1965785799 wnd=63 ts=903935671/1210773783 now=1210773874 for=8
A inject ACK seq=1965785799 ack=2846002644 wnd=64 ts=1210773874/903935671 now=903935671 for=9
