synproof script 1
# The peer's SYN has no window scale option: neither end scales (RFC 7323 2.2). The SYN is injected.

set scale = 2
set B.iss = 200
set mss = 1000
set *.window = 200000
expect PASS

B open passive
B inject SYN seq=100 wnd=60000 mss=1000
B inject ACK seq=101 ack=snd.nxt wnd=60000
B send 500
