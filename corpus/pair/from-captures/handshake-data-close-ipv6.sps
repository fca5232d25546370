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
lose 1
B inject SYN seq=3868863404 wnd=64800 mss=1440 scale=10 sack-ok ts=1276374456/0 iss=2508999356 now=689016410
lose 2
A inject SYN,ACK seq=2508999356 ack=3868863405 wnd=64260 mss=1440 scale=10 sack-ok ts=689016410/1276374456 now=1276374456
lose 3
B inject ACK seq=3868863405 ack=2508999357 wnd=64 ts=1276374456/689016410 now=689016500
A send 11
lose 4
B inject PSH,ACK seq=3868863405 ack=2508999357 wnd=64 len=11 ts=1276374546/689016410 now=689016500
B timer delayed-ack
lose 5
A inject ACK seq=2508999357 ack=3868863416 wnd=63 ts=689016500/1276374546 now=1276374636
B send 23
lose 6
A inject PSH,ACK seq=2508999357 ack=3868863416 wnd=63 len=23 ts=689016590/1276374546 now=1276374636
A timer delayed-ack
lose 7
B inject ACK seq=3868863416 ack=2508999380 wnd=64 ts=1276374636/689016590 now=689016724
A close
lose 8
B inject FIN,ACK seq=3868863416 ack=2508999380 wnd=64 ts=1276374727/689016590 now=689016724
lose 9
A inject ACK seq=2508999380 ack=3868863417 wnd=63 ts=689016724/1276374727 now=1276374860
B close
lose 10
A inject FIN,ACK seq=2508999380 ack=3868863417 wnd=63 ts=689016814/1276374727 now=1276374860
lose 11
B inject ACK seq=3868863417 ack=2508999381 wnd=64 ts=1276374860/689016814 now=689016814
