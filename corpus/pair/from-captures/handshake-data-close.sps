synproof script 1
set policy = linux
set flight = 8
set mss = 1460
set timestamps = on
set sack = on
set scale = 10
set B.open = passive
set A.iss = 2658419859
set B.iss = 1778202797
set A.send = 11
set B.send = 23
set A.write = 11
set B.write = 23
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
A open active iss=2658419859
B inject SYN seq=2658419859 wnd=64240 mss=1460 scale=10 sack-ok ts=903923394/0 iss=1778202797 now=1210761597 for=1
A inject SYN,ACK seq=1778202797 ack=2658419860 wnd=65160 mss=1460 scale=10 sack-ok ts=1210761597/903923394 now=903923394 for=2
B inject ACK seq=2658419860 ack=1778202798 wnd=63 ts=903923394/1210761597 now=1210761687 for=3
A send 11
B inject PSH,ACK seq=2658419860 ack=1778202798 wnd=63 len=11 ts=903923484/1210761597 now=1210761687 for=4
B timer delayed-ack
A inject ACK seq=1778202798 ack=2658419871 wnd=64 ts=1210761687/903923484 now=903923575 for=5
B send 23
A inject PSH,ACK seq=1778202798 ack=2658419871 wnd=64 len=23 ts=1210761778/903923484 now=903923575 for=6
A timer delayed-ack
B inject ACK seq=2658419871 ack=1778202821 wnd=63 ts=903923575/1210761778 now=1210761912 for=7
A close
B inject FIN,ACK seq=2658419871 ack=1778202821 wnd=63 ts=903923665/1210761778 now=1210761912 for=8
A inject ACK seq=1778202821 ack=2658419872 wnd=64 ts=1210761912/903923665 now=903923799 for=9
B close
A inject FIN,ACK seq=1778202821 ack=2658419872 wnd=64 ts=1210762002/903923665 now=903923799 for=10
B inject ACK seq=2658419872 ack=1778202822 wnd=63 ts=903923799/1210762002 now=1210762002 for=11
