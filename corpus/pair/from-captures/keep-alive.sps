synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 2967523977
set B.iss = 2087306998
set A.send = 2
set B.send = 0
set A.write = 2
set A.window = 64512
set B.window = 65536
set A.aborts = 1
set B.aborts = 1
set A.timeouts = 15
set B.timeouts = 15
set A.user_timeouts = 1
set B.user_timeouts = 1
set A.keep_alives = 3
expect PASS

B open passive
A open active iss=2967523977
B inject SYN seq=2967523977 wnd=64240 mss=1460 scale=10 sack-ok ts=903943177/0 iss=2087306998 now=1210781380 for=1
A inject SYN,ACK seq=2087306998 ack=2967523978 wnd=65160 mss=1460 scale=10 sack-ok ts=1210781380/903943177 now=903943177 for=2
B inject ACK seq=2967523978 ack=2087306999 wnd=63 ts=903943177/1210781380 now=1210781470 for=3
A send 2
B inject PSH,ACK seq=2967523978 ack=2087306999 wnd=63 len=2 ts=903943267/1210781380 now=1210781470 for=4
B timer delayed-ack
A inject ACK seq=2087306999 ack=2967523980 wnd=64 ts=1210781470/903943267 now=903944377 for=5
A timer keep-alive
B inject ACK seq=2967523979 ack=2087306999 wnd=63 ts=903944377/1210781470 now=1210782580 for=6
A inject ACK seq=2087306999 ack=2967523980 wnd=64 ts=1210782580/903943267 now=903945401 for=7
A timer keep-alive
B inject ACK seq=2967523979 ack=2087306999 wnd=63 ts=903945401/1210782580 now=1210783604 for=8
A inject ACK seq=2087306999 ack=2967523980 wnd=64 ts=1210783604/903943267 now=903945657 for=9
A close
B inject FIN,ACK seq=2967523980 ack=2087306999 wnd=63 ts=903945657/1210783604 now=1210783904 for=10
A inject ACK seq=2087306999 ack=2967523981 wnd=64 ts=1210783904/903945657 now=903945791 for=11
B close
A inject FIN,ACK seq=2087306999 ack=2967523981 wnd=64 ts=1210783994/903945657 now=903945791 for=12
B inject ACK seq=2967523981 ack=2087307000 wnd=63 ts=903945791/1210783994 now=1210783994 for=13
