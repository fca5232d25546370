synproof script 1
# The first SYN is lost; the retransmission timer sends it again (RFC 9293 3.8.1, 3.10.8).

set B.iss = 200
expect PASS

B open passive
A open active
lose 1
A timer retransmission
deliver 2
deliver 3
deliver 4
