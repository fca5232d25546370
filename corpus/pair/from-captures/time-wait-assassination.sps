synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 3050313190
set B.iss = 2170096193
set A.send = 4
set B.send = 0
set A.write = 4
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
A open active iss=3050313190
B inject SYN seq=3050313190 wnd=64240 mss=1460 scale=10 sack-ok ts=903948475/0 iss=2170096193 now=1210786678 for=1
A inject SYN,ACK seq=2170096193 ack=3050313191 wnd=65160 mss=1460 scale=10 sack-ok ts=1210786678/903948475 now=903948475 for=2
B inject ACK seq=3050313191 ack=2170096194 wnd=63 ts=903948475/1210786678 now=1210786769 for=3
A send 4
B inject PSH,ACK seq=3050313191 ack=2170096194 wnd=63 len=4 ts=903948566/1210786678 now=1210786769 for=4
B timer delayed-ack
A inject ACK seq=2170096194 ack=3050313195 wnd=64 ts=1210786769/903948566 now=903948657 for=5
B close
A inject FIN,ACK seq=2170096194 ack=3050313195 wnd=64 ts=1210786859/903948566 now=903948657 for=6
B inject ACK seq=3050313195 ack=2170096195 wnd=63 ts=903948657/1210786859 now=1210786950 for=7
A close
B inject FIN,ACK seq=3050313195 ack=2170096195 wnd=63 ts=903948747/1210786859 now=1210786950 for=8
B inject SYN seq=3050313190 wnd=64240 mss=1460 scale=10 sack-ok ts=903948475/0 now=1210786950 for=1
A inject ACK seq=2170096195 ack=3050313196 wnd=64 ts=1210786950/903948747 now=903948747 for=9
A inject ACK seq=2170096195 ack=3050313196 wnd=64 ts=1210786950/903948747 now=903948747 for=10
B inject RST seq=3050313196 wnd=0 now=1210786950 for=11
