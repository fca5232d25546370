synproof script 1
# With RFC 5961 5.2 (MAY-12) an ACK older than the largest window is refused and answered, and its
# text is not taken.

set policy.ack_range = on
set B.iss = 200
set mss = 10
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
B inject ACK seq=rcv.nxt ack=snd.una-101 wnd=100 len=3
deliver 4
A send 5
deliver 5
deliver 6
