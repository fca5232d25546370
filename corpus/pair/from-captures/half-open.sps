synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 3036756902
set B.iss = 2156539805
set A.send = 8
set B.send = 0
set A.write = 8
set A.window = 64512
set B.window = 65160
set A.aborts = 1
set B.aborts = 1
set A.timeouts = 15
set B.timeouts = 15
set A.user_timeouts = 1
set B.user_timeouts = 1
expect PASS

B open passive
A open active iss=3036756902
B inject SYN seq=3036756902 wnd=64240 mss=1460 scale=10 sack-ok ts=903947608/0 iss=2156539805 now=1210785811 for=1
A inject SYN,ACK seq=2156539805 ack=3036756903 wnd=65160 mss=1460 scale=10 sack-ok ts=1210785811/903947608 now=903947608 for=2
B inject ACK seq=3036756903 ack=2156539806 wnd=63 ts=903947608/1210785811 now=1210785901 for=3
B abort
B vanish RST,ACK seq=2156539806 ack=3036756903 wnd=64 ts=1210785901/903947608 for=4
A send 8
B inject PSH,ACK seq=3036756903 ack=2156539806 wnd=63 len=8 ts=903947788/1210785811 now=1210785901 for=5
A inject RST seq=2156539806 wnd=0 now=903947788 for=6
