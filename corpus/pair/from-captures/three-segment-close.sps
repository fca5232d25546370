synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 2760303842
set B.iss = 1880086859
set A.send = 3
set B.send = 3
set A.write = 3
set B.write = 3
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
A open active iss=2760303842
B inject SYN seq=2760303842 wnd=64240 mss=1460 scale=10 sack-ok ts=903929915/0 iss=1880086859 now=1210768118 for=1
A inject SYN,ACK seq=1880086859 ack=2760303843 wnd=65160 mss=1460 scale=10 sack-ok ts=1210768118/903929915 now=903929915 for=2
B inject ACK seq=2760303843 ack=1880086860 wnd=63 ts=903929915/1210768118 now=1210768208 for=3
A send 3
B inject PSH,ACK seq=2760303843 ack=1880086860 wnd=63 len=3 ts=903930005/1210768118 now=1210768208 for=4
B timer delayed-ack
A inject ACK seq=1880086860 ack=2760303846 wnd=64 ts=1210768208/903930005 now=903930095 for=5
B send 3
A inject PSH,ACK seq=1880086860 ack=2760303846 wnd=64 len=3 ts=1210768298/903930005 now=903930095 for=6
A timer delayed-ack
B inject ACK seq=2760303846 ack=1880086863 wnd=63 ts=903930095/1210768298 now=1210768394 for=7
A close
B inject FIN,ACK seq=2760303846 ack=1880086863 wnd=63 ts=903930185/1210768298 now=1210768394 for=8
B close
lose 9
A inject FIN,ACK seq=1880086863 ack=2760303847 wnd=64 ts=1210768394/903930185 now=903930191 for=10
B inject ACK seq=2760303847 ack=1880086864 wnd=63 ts=903930191/1210768394 now=1210768394 for=11
