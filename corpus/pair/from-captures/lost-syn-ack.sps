synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 2708207407
set B.iss = 1827990361
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
A open active iss=2708207407
B inject SYN seq=2708207407 wnd=64240 mss=1460 scale=10 sack-ok ts=903926580/0 iss=1827990361 now=1210764783 for=1
B vanish SYN,ACK seq=1827990361 ack=2708207408 wnd=65160 mss=1460 scale=10 sack-ok ts=1210764783/903926580 for=2
A timer retransmission
B timer retransmission
B inject SYN seq=2708207407 wnd=64240 mss=1460 scale=10 sack-ok ts=903927609/0 now=1210765812 for=3
A inject SYN,ACK seq=1827990361 ack=2708207408 wnd=65160 mss=1460 scale=10 sack-ok ts=1210765812/903926580 now=903927609 for=4
A inject SYN,ACK seq=1827990361 ack=2708207408 wnd=65160 mss=1460 scale=10 sack-ok ts=1210765812/903926580 now=903927609 for=5
B inject ACK seq=2708207408 ack=1827990362 wnd=63 ts=903927609/1210765812 now=1210765973 for=6
B inject ACK seq=2708207408 ack=1827990362 wnd=63 ts=903927609/1210765812 now=1210765973 for=7
A send 5
B inject PSH,ACK seq=2708207408 ack=1827990362 wnd=63 len=5 ts=903927770/1210765812 now=1210765973 for=8
B timer delayed-ack
A inject ACK seq=1827990362 ack=2708207413 wnd=64 ts=1210765973/903927770 now=903927861 for=9
A close
B inject FIN,ACK seq=2708207413 ack=1827990362 wnd=63 ts=903927861/1210765973 now=1210766108 for=10
A inject ACK seq=1827990362 ack=2708207414 wnd=64 ts=1210766108/903927861 now=903927995 for=11
B close
A inject FIN,ACK seq=1827990362 ack=2708207414 wnd=64 ts=1210766198/903927861 now=903927995 for=12
B inject ACK seq=2708207414 ack=1827990363 wnd=63 ts=903927995/1210766198 now=1210766198 for=13
