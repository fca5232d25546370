synproof script 1
# Three retransmissions go unanswered and the user is told of trouble (R1); then an ACK comes and
# all is well (RFC 9293 3.8.3, SHLD-9, SHLD-10).

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
deliver 7
deliver 8
