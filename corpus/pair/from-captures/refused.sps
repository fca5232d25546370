synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 3024442146
set B.iss = 0
set A.send = 0
set B.send = 0
set A.window = 64240
set B.window = 0
set A.aborts = 1
set B.aborts = 1
set A.timeouts = 15
set B.timeouts = 15
set A.user_timeouts = 1
set B.user_timeouts = 1
expect PASS

A open active iss=3024442146
B inject SYN seq=3024442146 wnd=64240 mss=1460 scale=10 sack-ok ts=903946819/0 for=1
A inject RST,ACK seq=0 ack=3024442147 wnd=0 now=903946819 for=2
