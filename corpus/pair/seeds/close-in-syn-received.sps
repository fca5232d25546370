synproof script 1
# CLOSE in SYN-RECEIVED with nothing to send puts a FIN right behind the SYN,ACK and enters
# FIN-WAIT-1 (RFC 9293 3.10.4). The opener takes the SYN,ACK, then the FIN.

set B.iss = 200
set flight = 4
expect PASS

B open passive
A open active
deliver 1               # SYN,ACK is #2
B close                 # FIN,ACK is #3
deliver 2               # A: ESTABLISHED, ACK is #4
deliver 3               # A: CLOSE-WAIT, ACK is #5
deliver 4
deliver 5               # B: FIN-WAIT-2
A close
deliver 6
deliver 7
B timer time-wait
