synproof script 1
# The SYN,ACK is lost and the opener's timer fires first: the SYN arrives once more in SYN-RECEIVED
# and is answered with the SYN,ACK again (RFC 9293 3.10.7.4 step 1, switch synrcvd_dup_syn).

set B.iss = 200
expect PASS

B open passive
A open active
deliver 1
lose 2
A timer retransmission
deliver 3
deliver 4
deliver 5
