synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 3041770295
set B.iss = 2161553301
set A.send = 11
set B.send = 23
set A.write = 11
set B.write = 23
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
A open active iss=3041770295
B inject SYN seq=3041770295 wnd=64240 mss=1460 scale=10 sack-ok ts=903947928/0 iss=2161553301 now=1210786132 for=1
A inject SYN,ACK seq=2161553301 ack=3041770296 wnd=65160 mss=1460 scale=10 sack-ok ts=1210786132/903947928 now=903947929 for=2
B inject ACK seq=3041770296 ack=2161553302 wnd=63 ts=903947929/1210786132 now=1210786222 for=3
A send 11
B inject PSH,ACK seq=3041770296 ack=2161553302 wnd=63 len=11 ts=903948019/1210786132 now=1210786222 for=4
B timer delayed-ack
B inject SYN seq=3041770295 wnd=64240 mss=1460 scale=10 sack-ok ts=903947928/0 now=1210786222 for=1
A inject ACK seq=2161553302 ack=3041770307 wnd=64 ts=1210786222/903948019 now=903948110 for=5
A inject ACK seq=2161553302 ack=3041770307 wnd=64 ts=1210786222/903948019 now=903948110 for=6
B send 23
A inject PSH,ACK seq=2161553302 ack=3041770307 wnd=64 len=23 ts=1210786313/903948019 now=903948110 for=7
A timer delayed-ack
B inject ACK seq=3041770307 ack=2161553325 wnd=63 ts=903948110/1210786313 now=1210786444 for=8
A close
B inject FIN,ACK seq=3041770307 ack=2161553325 wnd=63 ts=903948200/1210786313 now=1210786444 for=9
A inject ACK seq=2161553325 ack=3041770308 wnd=64 ts=1210786444/903948200 now=903948331 for=10
B close
A inject FIN,ACK seq=2161553325 ack=3041770308 wnd=64 ts=1210786534/903948200 now=903948331 for=11
B inject ACK seq=3041770308 ack=2161553326 wnd=63 ts=903948331/1210786534 now=1210786534 for=12
