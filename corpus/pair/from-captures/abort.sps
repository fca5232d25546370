synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 3019388348
set B.iss = 2139171118
set A.send = 20
set B.send = 0
set A.write = 20
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
A open active iss=3019388348
B inject SYN seq=3019388348 wnd=64240 mss=1460 scale=10 sack-ok ts=903946496/0 iss=2139171118 now=1210784699 for=1
A inject SYN,ACK seq=2139171118 ack=3019388349 wnd=65160 mss=1460 scale=10 sack-ok ts=1210784699/903946496 now=903946496 for=2
B inject ACK seq=3019388349 ack=2139171119 wnd=63 ts=903946496/1210784699 now=1210784789 for=3
A send 20
B inject PSH,ACK seq=3019388349 ack=2139171119 wnd=63 len=20 ts=903946586/1210784699 now=1210784789 for=4
B timer delayed-ack
A inject ACK seq=2139171119 ack=3019388369 wnd=64 ts=1210784789/903946586 now=903946677 for=5
A abort
B inject RST,ACK seq=3019388369 ack=2139171119 wnd=63 ts=903946677/1210784789 now=1210784789 for=6
