synproof script 1
# The second FIN is lost and comes again from LAST-ACK, while A waits in FIN-WAIT-2 (RFC 9293
# 3.10.8).

set B.iss = 200
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A close
deliver 4
deliver 5
B close
lose 6
B timer retransmission
deliver 7
deliver 8
A timer time-wait
