synproof script 1
# The FINs cross and one is lost: A waits in CLOSING, B in FIN-WAIT-2, until the FIN comes again
# (RFC 9293 3.6, 3.10.8).

set B.iss = 200
set flight = 4
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A close
B close
lose 4
deliver 5               # A: CLOSING
deliver 6               # B: FIN-WAIT-2
A timer retransmission
deliver 7               # B: TIME-WAIT
deliver 8
A timer time-wait
B timer time-wait
