synproof script 1
# R2 retransmissions without an answer: TCP gives the connection up and says so (RFC 9293 3.8.3,
# MUST-20).

set r2 = 2
set B.iss = 200
set mss = 10
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 5
lose 4
A timer retransmission
lose 5
A timer retransmission
lose 6
A timer retransmission
