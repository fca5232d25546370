synproof script 1
# The close everyone draws (RFC 9293 3.6 Figure 12): FIN, ACK, FIN, ACK. A goes through FIN-WAIT-1,
# FIN-WAIT-2 and TIME-WAIT, B through CLOSE-WAIT and LAST-ACK.

set B.iss = 200
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A close                 # FIN-WAIT-1
deliver 4               # CLOSE-WAIT
deliver 5               # FIN-WAIT-2
B close                 # LAST-ACK
deliver 6               # TIME-WAIT
deliver 7               # CLOSED
A timer time-wait
