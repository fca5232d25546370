synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 2930381303
set B.iss = 2050164184
set A.send = 17
set B.send = 0
set A.write = 17
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
A open active iss=2930381303
B inject SYN seq=2930381303 wnd=64240 mss=1460 scale=10 sack-ok ts=903940800/0 iss=2050164184 now=1210779003 for=1
A inject SYN,ACK seq=2050164184 ack=2930381304 wnd=65160 mss=1460 scale=10 sack-ok ts=1210779003/903940800 now=903940800 for=2
B inject ACK seq=2930381304 ack=2050164185 wnd=63 ts=903940800/1210779003 now=1210779093 for=3
A send 6
B inject PSH,ACK seq=2930381304 ack=2050164185 wnd=63 len=6 ts=903940890/1210779003 now=1210779093 for=4
B timer delayed-ack
A inject ACK seq=2050164185 ack=2930381310 wnd=64 ts=1210779093/903940890 now=903940980 for=5
A send 5 urgent
B inject PSH,ACK,URG seq=2930381310 ack=2050164185 wnd=63 len=5 text=6 urgent=5 ts=903940980/1210779093 now=1210779183 for=6
B timer delayed-ack
A inject ACK seq=2050164185 ack=2930381315 wnd=64 ts=1210779183/903940980 now=903941071 for=7
A send 6
B inject PSH,ACK seq=2930381315 ack=2050164185 wnd=63 len=6 text=11 ts=903941071/1210779183 now=1210779274 for=8
B timer delayed-ack
A inject ACK seq=2050164185 ack=2930381321 wnd=64 ts=1210779274/903941071 now=903941161 for=9
A close
B inject FIN,ACK seq=2930381321 ack=2050164185 wnd=63 ts=903941161/1210779274 now=1210779408 for=10
A inject ACK seq=2050164185 ack=2930381322 wnd=64 ts=1210779408/903941161 now=903941295 for=11
B close
A inject FIN,ACK seq=2050164185 ack=2930381322 wnd=64 ts=1210779498/903941161 now=903941295 for=12
B inject ACK seq=2930381322 ack=2050164186 wnd=63 ts=903941295/1210779498 now=1210779498 for=13
