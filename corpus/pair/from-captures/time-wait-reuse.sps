synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.opens = 2
set B.opens = 2
set A.iss = 3056832070
set B.iss = 2176615152
set A.send = 16
set B.send = 0
set A.write = 16
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
A open active iss=3056832070
B inject SYN seq=3056832070 wnd=64240 mss=1460 scale=10 sack-ok ts=903948892/0 iss=2176615152 now=1210787095 for=1
A inject SYN,ACK seq=2176615152 ack=3056832071 wnd=65160 mss=1460 scale=10 sack-ok ts=1210787095/903948892 now=903948892 for=2
B inject ACK seq=3056832071 ack=2176615153 wnd=63 ts=903948892/1210787095 now=1210787186 for=3
A send 4
B inject PSH,ACK seq=3056832071 ack=2176615153 wnd=63 len=4 ts=903948983/1210787095 now=1210787186 for=4
B timer delayed-ack
A inject ACK seq=2176615153 ack=3056832075 wnd=64 ts=1210787186/903948983 now=903949077 for=5
B close
A inject FIN,ACK seq=2176615153 ack=3056832075 wnd=64 ts=1210787276/903948983 now=903949077 for=6
B inject ACK seq=3056832075 ack=2176615154 wnd=63 ts=903949077/1210787276 now=1210787370 for=7
A close
B inject FIN,ACK seq=3056832075 ack=2176615154 wnd=63 ts=903949167/1210787276 now=1210787370 for=8
A inject ACK seq=2176615154 ack=3056832076 wnd=64 ts=1210787370/903949167 now=903949258 for=9
A open active iss=3062537471
B inject SYN seq=3062537471 wnd=64240 mss=1460 scale=10 sack-ok ts=903949258/0 iss=2176680691 now=1210787461 for=10
A inject SYN,ACK seq=2176680691 ack=3062537472 wnd=65160 mss=1460 scale=10 sack-ok ts=1210787461/903949258 now=903949258 for=11
B inject ACK seq=3062537472 ack=2176680692 wnd=63 ts=903949258/1210787461 now=1210787551 for=12
A send 12
B inject PSH,ACK seq=3062537472 ack=2176680692 wnd=63 len=12 ts=903949348/1210787461 now=1210787551 for=13
B timer delayed-ack
A inject ACK seq=2176680692 ack=3062537484 wnd=64 ts=1210787551/903949348 now=903949438 for=14
A close
B inject FIN,ACK seq=3062537484 ack=2176680692 wnd=63 ts=903949438/1210787551 now=1210787684 for=15
A inject ACK seq=2176680692 ack=3062537485 wnd=64 ts=1210787684/903949438 now=903949572 for=16
B close
A inject FIN,ACK seq=2176680692 ack=3062537485 wnd=64 ts=1210787775/903949438 now=903949572 for=17
B inject ACK seq=3062537485 ack=2176680693 wnd=63 ts=903949572/1210787775 now=1210787775 for=18
