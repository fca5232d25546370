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
B inject SYN seq=2675565531 wnd=64240 mss=1460 iss=1795348464 for=1
A inject SYN,ACK seq=1795348464 ack=2675565532 wnd=64240 mss=1460 for=2
B inject ACK seq=2675565532 ack=1795348465 wnd=64240 for=3
A send 11
B inject PSH,ACK seq=2675565532 ack=1795348465 wnd=64240 len=11 for=4
B timer delayed-ack
A inject ACK seq=1795348465 ack=2675565543 wnd=64229 for=5
B send 23
A inject PSH,ACK seq=1795348465 ack=2675565543 wnd=64229 len=23 for=6
A timer delayed-ack
B inject ACK seq=2675565543 ack=1795348488 wnd=64217 for=7
A close
B inject FIN,ACK seq=2675565543 ack=1795348488 wnd=64217 for=8
A inject ACK seq=1795348488 ack=2675565544 wnd=64228 for=9
B close
A inject FIN,ACK seq=1795348488 ack=2675565544 wnd=64228 for=10
B inject ACK seq=2675565544 ack=1795348489 wnd=64217 for=11
