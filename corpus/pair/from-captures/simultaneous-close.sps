synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 2748195717
set B.iss = 1867978602
set A.send = 0
set B.send = 0
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
A open active iss=2748195717
B inject SYN seq=2748195717 wnd=64240 mss=1460 scale=10 sack-ok ts=903929140/0 iss=1867978602 now=1210767343 for=1
A inject SYN,ACK seq=1867978602 ack=2748195718 wnd=65160 mss=1460 scale=10 sack-ok ts=1210767343/903929140 now=903929140 for=2
B inject ACK seq=2748195718 ack=1867978603 wnd=63 ts=903929140/1210767343 now=1210767433 for=3
A close
B close
A inject FIN,ACK seq=1867978603 ack=2748195718 wnd=64 ts=1210767433/903929140 now=903929230 for=5
B inject FIN,ACK seq=2748195718 ack=1867978603 wnd=63 ts=903929230/1210767343 now=1210767433 for=4
B inject ACK seq=2748195719 ack=1867978604 wnd=63 ts=903929230/1210767433 now=1210767433 for=6
A inject ACK seq=1867978604 ack=2748195719 wnd=64 ts=1210767433/903929230 now=903929230 for=7
