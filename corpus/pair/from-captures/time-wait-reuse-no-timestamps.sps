synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set sack = on
set scale = 10
set B.open = passive
set A.opens = 2
set B.opens = 2
set A.iss = 3069986087
set B.iss = 2189769419
set A.send = 16
set B.send = 0
set A.write = 16
set A.window = 64512
set B.window = 64512
set A.aborts = 1
set B.aborts = 1
set A.timeouts = 15
set B.timeouts = 15
set A.user_timeouts = 1
set B.user_timeouts = 1
expect PASS

B open passive
A open active iss=3069986087
lose 1
B inject SYN seq=3069986087 wnd=64240 mss=1460 scale=10 sack-ok iss=2189769419
lose 2
A inject SYN,ACK seq=2189769419 ack=3069986088 wnd=64240 mss=1460 scale=10 sack-ok
lose 3
B inject ACK seq=3069986088 ack=2189769420 wnd=63
A send 4
lose 4
B inject PSH,ACK seq=3069986088 ack=2189769420 wnd=63 len=4
B timer delayed-ack
lose 5
A inject ACK seq=2189769420 ack=3069986092 wnd=63
B close
lose 6
A inject FIN,ACK seq=2189769420 ack=3069986092 wnd=63
lose 7
B inject ACK seq=3069986092 ack=2189769421 wnd=63
A close
lose 8
B inject FIN,ACK seq=3069986092 ack=2189769421 wnd=63
lose 9
A inject ACK seq=2189769421 ack=3069986093 wnd=63
A open active iss=3075658991
lose 10
B inject SYN seq=3075658991 wnd=64240 mss=1460 scale=10 sack-ok iss=2189834958
lose 11
A inject SYN,ACK seq=2189834958 ack=3075658992 wnd=64240 mss=1460 scale=10 sack-ok
lose 12
B inject ACK seq=3075658992 ack=2189834959 wnd=63
A send 12
lose 13
B inject PSH,ACK seq=3075658992 ack=2189834959 wnd=63 len=12
B timer delayed-ack
lose 14
A inject ACK seq=2189834959 ack=3075659004 wnd=63
A close
lose 15
B inject FIN,ACK seq=3075659004 ack=2189834959 wnd=63
lose 16
A inject ACK seq=2189834959 ack=3075659005 wnd=63
B close
lose 17
A inject FIN,ACK seq=2189834959 ack=3075659005 wnd=63
lose 18
B inject ACK seq=3075659005 ack=2189834960 wnd=63
