synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 3026703413
set B.iss = 2146486292
set A.send = 9
set B.send = 0
set A.write = 9
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
A open active iss=3026703413
B inject SYN seq=3026703413 wnd=64240 mss=1460 scale=10 sack-ok ts=903946964/0 iss=2146486292 now=1210785167 for=1
A inject SYN,ACK seq=2146486292 ack=3026703414 wnd=65160 mss=1460 scale=10 sack-ok ts=1210785167/903946964 now=903946964 for=2
B inject ACK seq=3026703414 ack=2146486293 wnd=63 ts=903946964/1210785167 now=1210785257 for=3
B close
A inject FIN,ACK seq=2146486293 ack=3026703414 wnd=64 ts=1210785257/903946964 now=903947057 for=4
B inject ACK seq=3026703414 ack=2146486294 wnd=63 ts=903947057/1210785257 now=1210785257 for=5
A send 9
B inject PSH,ACK seq=3026703414 ack=2146486294 wnd=63 len=9 ts=903947147/1210785257 now=1210785257 for=6
A inject RST seq=2146486294 wnd=0 now=903947147 for=7
