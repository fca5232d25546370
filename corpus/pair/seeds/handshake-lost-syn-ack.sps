synproof script 1
# The SYN,ACK is lost. B's timer sends it again: SYN-RECEIVED never waits for the opener alone.
# RFC 9293 3.10.8.

set B.iss = 200
expect PASS

B open passive
A open active
deliver 1
lose 2
B timer retransmission
deliver 3
deliver 4
