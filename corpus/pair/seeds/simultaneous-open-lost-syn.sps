synproof script 1
# The SYNs would cross, but one is lost: the other makes B answer, and A completes as in an ordinary
# handshake (RFC 9293 3.10.7.3 fourth).

set B.iss = 300
set flight = 4
expect PASS

A open active
B open active
lose 2
deliver 1
deliver 3
B timer retransmission
deliver 5
deliver 4
deliver 6
