synproof script 1
# The new SYN happens to have SEG.SEQ = RCV.NXT - 1, so the challenge ACK acknowledges it: no RST
# comes, and A retries in vain (RFC 5961 4.2, the corner case).

set *.opens = 2
set A.reopen = edge
set B.iss = 200
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A abort
lose 4
A open active
deliver 5
deliver 6               # acceptable ACK without SYN: dropped
A timer retransmission
deliver 7
deliver 8
