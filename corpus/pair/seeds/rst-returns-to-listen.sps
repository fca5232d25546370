synproof script 1
# A RST in SYN-RECEIVED after a passive OPEN: back to LISTEN, the user need not know (RFC 9293
# 3.10.7.4 step 2, MUST-11). The next SYN finds it there.

set B.iss = 200
expect PASS

B open passive
A open active
deliver 1
A abort                 # in SYN-SENT: nothing is sent
deliver 2               # the SYN,ACK arrives in CLOSED and draws a RST
deliver 3
