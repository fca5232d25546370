synproof script 1
set policy = linux
set flight = 8
set mss = 1440
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 3868863404
set B.iss = 2508999356
set A.send = 11
set B.send = 23
set A.write = 11
set B.write = 23
set A.window = 65536
set B.window = 64512
set A.aborts = 1
set B.aborts = 1
set A.timeouts = 15
set B.timeouts = 15
set A.user_timeouts = 1
set B.user_timeouts = 1
expect PASS

B open passive
A open active iss=3868863404
B inject SYN seq=3868863404 wnd=64800 mss=1440 scale=10 sack-ok ts=1276374456/0 iss=2508999356 now=689016410 for=1
A inject SYN,ACK seq=2508999356 ack=3868863405 wnd=64260 mss=1440 scale=10 sack-ok ts=689016410/1276374456 now=1276374456 for=2
B inject ACK seq=3868863405 ack=2508999357 wnd=64 ts=1276374456/689016410 now=689016500 for=3
A send 11
B inject PSH,ACK seq=3868863405 ack=2508999357 wnd=64 len=11 ts=1276374546/689016410 now=689016500 for=4
B timer delayed-ack
A inject ACK seq=2508999357 ack=3868863416 wnd=63 ts=689016500/1276374546 now=1276374636 for=5
B send 23
A inject PSH,ACK seq=2508999357 ack=3868863416 wnd=63 len=23 ts=689016590/1276374546 now=1276374636 for=6
A timer delayed-ack
B inject ACK seq=3868863416 ack=2508999380 wnd=64 ts=1276374636/689016590 now=689016724 for=7
A close
B inject FIN,ACK seq=3868863416 ack=2508999380 wnd=64 ts=1276374727/689016590 now=689016724 for=8
A inject ACK seq=2508999380 ack=3868863417 wnd=63 ts=689016724/1276374727 now=1276374860 for=9
B close
A inject FIN,ACK seq=2508999380 ack=3868863417 wnd=63 ts=689016814/1276374727 now=1276374860 for=10
B inject ACK seq=3868863417 ack=2508999381 wnd=64 ts=1276374860/689016814 now=689016814 for=11
