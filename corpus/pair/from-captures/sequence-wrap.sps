synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 4294967290
set B.iss = 2130677579
set A.send = 10
set B.send = 2
set A.write = 10
set B.write = 2
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
A open active iss=4294967290
B inject SYN seq=4294967290 wnd=64240 mss=1460 scale=10 sack-ok ts=903945952/0 iss=2130677579 now=1210784155 for=1
A inject SYN,ACK seq=2130677579 ack=4294967291 wnd=65160 mss=1460 scale=10 sack-ok ts=1210784155/903945952 now=903945952 for=2
B inject ACK seq=4294967291 ack=2130677580 wnd=63 ts=903945952/1210784155 now=1210784246 for=3
A send 10
B inject PSH,ACK seq=4294967291 ack=2130677580 wnd=63 len=10 ts=903946043/1210784155 now=1210784246 for=4
B timer delayed-ack
A inject ACK seq=2130677580 ack=5 wnd=64 ts=1210784246/903946043 now=903946133 for=5
B send 2
A inject PSH,ACK seq=2130677580 ack=5 wnd=64 len=2 ts=1210784336/903946043 now=903946133 for=6
A timer delayed-ack
B inject ACK seq=5 ack=2130677582 wnd=63 ts=903946133/1210784336 now=1210784468 for=7
A close
B inject FIN,ACK seq=5 ack=2130677582 wnd=63 ts=903946223/1210784336 now=1210784468 for=8
A inject ACK seq=2130677582 ack=6 wnd=64 ts=1210784468/903946223 now=903946355 for=9
B close
A inject FIN,ACK seq=2130677582 ack=6 wnd=64 ts=1210784558/903946223 now=903946355 for=10
B inject ACK seq=6 ack=2130677583 wnd=63 ts=903946355/1210784558 now=1210784558 for=11
