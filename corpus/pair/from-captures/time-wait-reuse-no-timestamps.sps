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
B inject SYN seq=3069986087 wnd=64240 mss=1460 scale=10 sack-ok iss=2189769419 for=1
A inject SYN,ACK seq=2189769419 ack=3069986088 wnd=64240 mss=1460 scale=10 sack-ok for=2
B inject ACK seq=3069986088 ack=2189769420 wnd=63 for=3
A send 4
B inject PSH,ACK seq=3069986088 ack=2189769420 wnd=63 len=4 for=4
B timer delayed-ack
A inject ACK seq=2189769420 ack=3069986092 wnd=63 for=5
B close
A inject FIN,ACK seq=2189769420 ack=3069986092 wnd=63 for=6
B inject ACK seq=3069986092 ack=2189769421 wnd=63 for=7
A close
B inject FIN,ACK seq=3069986092 ack=2189769421 wnd=63 for=8
A inject ACK seq=2189769421 ack=3069986093 wnd=63 for=9
A open active iss=3075658991
B inject SYN seq=3075658991 wnd=64240 mss=1460 scale=10 sack-ok iss=2189834958 for=10
A inject SYN,ACK seq=2189834958 ack=3075658992 wnd=64240 mss=1460 scale=10 sack-ok for=11
B inject ACK seq=3075658992 ack=2189834959 wnd=63 for=12
A send 12
B inject PSH,ACK seq=3075658992 ack=2189834959 wnd=63 len=12 for=13
B timer delayed-ack
A inject ACK seq=2189834959 ack=3075659004 wnd=63 for=14
A close
B inject FIN,ACK seq=3075659004 ack=2189834959 wnd=63 for=15
A inject ACK seq=2189834959 ack=3075659005 wnd=63 for=16
B close
A inject FIN,ACK seq=2189834959 ack=3075659005 wnd=63 for=17
B inject ACK seq=3075659005 ack=2189834960 wnd=63 for=18
