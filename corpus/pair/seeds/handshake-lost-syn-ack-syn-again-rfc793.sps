synproof script 1
# As before, by the letter of RFC 793: the second SYN draws a bare ACK, which the opener in SYN-SENT
# drops (RFC 9293 3.10.7.3 fifth). Only B's timer brings the connection about.

set policy = rfc793
set B.iss = 200
expect PASS

B open passive
A open active
deliver 1
lose 2
A timer retransmission
deliver 3               # the SYN again: an ACK
deliver 4               # dropped
B timer retransmission
deliver 5
deliver 6
