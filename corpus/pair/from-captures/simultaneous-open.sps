synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set A.iss = 2739653535
set B.iss = 1859435835
set A.send = 4
set B.send = 6
set A.write = 4
set B.write = 6
set A.window = 64512
set B.window = 64512
set A.aborts = 1
set B.aborts = 1
set A.timeouts = 15
set B.timeouts = 15
set A.user_timeouts = 1
set B.user_timeouts = 1
expect PASS

A open active iss=2739653535
B open active iss=1859435835
A inject SYN seq=1859435835 wnd=64240 mss=1460 scale=10 sack-ok ts=1210766796/0 now=903928593 for=2
B inject SYN seq=2739653535 wnd=64240 mss=1460 scale=10 sack-ok ts=903928593/0 now=1210766796 for=1
B inject SYN,ACK seq=2739653535 ack=1859435836 wnd=64240 mss=1460 scale=10 sack-ok ts=903928593/1210766796 now=1210766796 for=3
A inject SYN,ACK seq=1859435835 ack=2739653536 wnd=64240 mss=1460 scale=10 sack-ok ts=1210766796/903928593 now=903928593 for=4
A inject ACK seq=1859435836 ack=2739653536 wnd=63 ts=1210766796/903928593 sack=2739653535-2739653536 now=903928683 for=5
B inject ACK seq=2739653536 ack=1859435836 wnd=63 ts=903928593/1210766796 sack=1859435835-1859435836 now=1210766886 for=6
A send 4
B inject PSH,ACK seq=2739653536 ack=1859435836 wnd=63 len=4 ts=903928683/1210766796 now=1210766886 for=7
B timer delayed-ack
A inject ACK seq=1859435836 ack=2739653540 wnd=63 ts=1210766886/903928683 now=903928774 for=8
B send 6
A inject PSH,ACK seq=1859435836 ack=2739653540 wnd=63 len=6 ts=1210766977/903928683 now=903928774 for=9
A timer delayed-ack
B inject ACK seq=2739653540 ack=1859435842 wnd=63 ts=903928774/1210766977 now=1210767108 for=10
A close
B inject FIN,ACK seq=2739653540 ack=1859435842 wnd=63 ts=903928864/1210766977 now=1210767108 for=11
A inject ACK seq=1859435842 ack=2739653541 wnd=63 ts=1210767108/903928864 now=903928995 for=12
B close
A inject FIN,ACK seq=1859435842 ack=2739653541 wnd=63 ts=1210767198/903928864 now=903928995 for=13
B inject ACK seq=2739653541 ack=1859435843 wnd=63 ts=903928995/1210767198 now=1210767198 for=14
