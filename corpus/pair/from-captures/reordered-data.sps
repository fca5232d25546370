synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 2878444502
set B.iss = 1998227442
set A.send = 60
set B.send = 0
set A.write = 60
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
A open active iss=2878444502
B inject SYN seq=2878444502 wnd=64240 mss=1460 scale=10 sack-ok ts=903937476/0 iss=1998227442 now=1210775679 for=1
A inject SYN,ACK seq=1998227442 ack=2878444503 wnd=65160 mss=1460 scale=10 sack-ok ts=1210775679/903937476 now=903937476 for=2
B inject ACK seq=2878444503 ack=1998227443 wnd=63 ts=903937476/1210775679 now=1210775769 for=3
A send 10
A send 20
A send 30
B inject PSH,ACK seq=2878444503 ack=1998227443 wnd=63 len=10 ts=903937566/1210775679 now=1210775769 for=4
B timer delayed-ack
B inject PSH,ACK seq=2878444533 ack=1998227443 wnd=63 len=30 text=30 ts=903937566/1210775679 now=1210775769 for=6
B inject PSH,ACK seq=2878444513 ack=1998227443 wnd=63 len=20 text=10 ts=903937566/1210775679 now=1210775769 for=5
A inject ACK seq=1998227443 ack=2878444513 wnd=64 ts=1210775769/903937566 now=903938848 for=7
A inject ACK seq=1998227443 ack=2878444513 wnd=64 ts=1210775769/903937566 sack=2878444533-2878444563 now=903938848 for=8
A inject ACK seq=1998227443 ack=2878444563 wnd=64 ts=1210775769/903937566 now=903938848 for=9
A close
B inject FIN,ACK seq=2878444563 ack=1998227443 wnd=63 ts=903938848/1210775769 now=1210777092 for=10
A inject ACK seq=1998227443 ack=2878444564 wnd=64 ts=1210777092/903938848 now=903938979 for=11
B close
A inject FIN,ACK seq=1998227443 ack=2878444564 wnd=64 ts=1210777182/903938848 now=903938979 for=12
B inject ACK seq=2878444564 ack=1998227444 wnd=63 ts=903938979/1210777182 now=1210777182 for=13
