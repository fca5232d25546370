synproof script 1
# FIN and ACK in one segment (RFC 9293 3.6.1): B's ACK of the FIN is lost, and its FIN,ACK
# acknowledges as well. A goes from FIN-WAIT-1 straight to TIME-WAIT.

set B.iss = 200
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A close
deliver 4
lose 5                  # the bare ACK
B close                 # FIN,ACK: acknowledges A's FIN too
deliver 6               # TIME-WAIT without FIN-WAIT-2
deliver 7
A timer time-wait
