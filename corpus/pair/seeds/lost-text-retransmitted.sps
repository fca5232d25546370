synproof script 1
# A segment with text is lost; the retransmission timer sends the oldest unacknowledged text again
# (RFC 9293 3.10.8).

set B.iss = 200
set mss = 10
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 6
lose 4
A timer retransmission
deliver 5
deliver 6
