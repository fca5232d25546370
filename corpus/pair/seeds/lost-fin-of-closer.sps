synproof script 1
# The first FIN is lost and comes again from FIN-WAIT-1 (RFC 9293 3.10.8).

set B.iss = 200
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A close
lose 4
A timer retransmission
deliver 5
deliver 6
B close
deliver 7
deliver 8
A timer time-wait
