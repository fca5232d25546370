synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 2904366197
set B.iss = 2024149162
set A.send = 60
set B.send = 0
set A.write = 60
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
A open active iss=2904366197
B inject SYN seq=2904366197 wnd=64240 mss=1460 scale=10 sack-ok ts=903939135/0 iss=2024149162 now=1210777338 for=1
A inject SYN,ACK seq=2024149162 ack=2904366198 wnd=65160 mss=1460 scale=10 sack-ok ts=1210777338/903939135 now=903939135 for=2
B inject ACK seq=2904366198 ack=2024149163 wnd=63 ts=903939135/1210777338 now=1210777428 for=3
A send 10
A send 20
A send 30
B inject PSH,ACK seq=2904366198 ack=2024149163 wnd=63 len=10 ts=903939225/1210777338 now=1210777428 for=4
B timer delayed-ack
B inject PSH,ACK seq=2904366208 ack=2024149163 wnd=63 len=20 text=10 ts=903939225/1210777338 now=1210777428 for=5
B timer delayed-ack
B inject PSH,ACK seq=2904366208 ack=2024149163 wnd=63 len=20 text=10 ts=903939225/1210777338 now=1210777428 for=5
B inject PSH,ACK seq=2904366228 ack=2024149163 wnd=63 len=30 text=30 ts=903939225/1210777338 now=1210777428 for=6
B timer delayed-ack
A inject ACK seq=2024149163 ack=2904366208 wnd=64 ts=1210777428/903939225 now=903940507 for=7
A inject ACK seq=2024149163 ack=2904366228 wnd=64 ts=1210777428/903939225 now=903940507 for=8
A inject ACK seq=2024149163 ack=2904366228 wnd=64 ts=1210777428/903939225 sack=2904366208-2904366228 now=903940507 for=9
A inject ACK seq=2024149163 ack=2904366258 wnd=64 ts=1210777428/903939225 now=903940507 for=10
A close
B inject FIN,ACK seq=2904366258 ack=2024149163 wnd=63 ts=903940507/1210777428 now=1210778752 for=11
A inject ACK seq=2024149163 ack=2904366259 wnd=64 ts=1210778752/903940507 now=903940639 for=12
B close
A inject FIN,ACK seq=2024149163 ack=2904366259 wnd=64 ts=1210778842/903940507 now=903940639 for=13
B inject ACK seq=2904366259 ack=2024149164 wnd=63 ts=903940639/1210778842 now=1210778842 for=14
