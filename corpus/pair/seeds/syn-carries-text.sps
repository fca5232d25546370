synproof script 1
# Text on a SYN (RFC 9293 3.4): it may be kept, but it is not delivered before ESTABLISHED. The
# segments are injected, because this TCP sends no text with a SYN itself.

set B.iss = 200
set *.window = 100
set mss = 10
expect PASS

B open passive
B inject SYN seq=100 wnd=100 len=3 mss=10
B inject ACK seq=101 ack=snd.nxt wnd=100 len=3
B inject ACK seq=104 ack=snd.nxt wnd=100
