synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set B.open = passive
set A.iss = 2675565531
set B.iss = 1795348464
set A.send = 11
set B.send = 23
set A.write = 11
set B.write = 23
set A.window = 64240
set B.window = 64240
set A.aborts = 1
set B.aborts = 1
set A.timeouts = 15
set B.timeouts = 15
set A.user_timeouts = 1
set B.user_timeouts = 1
expect PASS

B open passive
A open active iss=2675565531
lose 1
B inject SYN seq=2675565531 wnd=64240 mss=1460 iss=1795348464
lose 2
A inject SYN,ACK seq=1795348464 ack=2675565532 wnd=64240 mss=1460
lose 3
B inject ACK seq=2675565532 ack=1795348465 wnd=64240
A send 11
lose 4
B inject PSH,ACK seq=2675565532 ack=1795348465 wnd=64240 len=11
B timer delayed-ack
lose 5
A inject ACK seq=1795348465 ack=2675565543 wnd=64229
B send 23
lose 6
A inject PSH,ACK seq=1795348465 ack=2675565543 wnd=64229 len=23
A timer delayed-ack
lose 7
B inject ACK seq=2675565543 ack=1795348488 wnd=64217
A close
lose 8
B inject FIN,ACK seq=2675565543 ack=1795348488 wnd=64217
lose 9
A inject ACK seq=1795348488 ack=2675565544 wnd=64228
B close
lose 10
A inject FIN,ACK seq=1795348488 ack=2675565544 wnd=64228
lose 11
B inject ACK seq=2675565544 ack=1795348489 wnd=64217
