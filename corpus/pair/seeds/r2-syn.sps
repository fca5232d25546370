synproof script 1
# R2 holds for the SYN too (RFC 9293 3.8.3, MUST-22): the opener gives up.

set r2 = 1
expect PASS

A open active
lose 1
A timer retransmission
lose 2
A timer retransmission
