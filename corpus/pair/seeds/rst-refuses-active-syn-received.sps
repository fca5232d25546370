synproof script 1
# A RST in SYN-RECEIVED after an active OPEN (simultaneous open): connection refused, CLOSED, not
# LISTEN (RFC 9293 3.10.7.4 step 2, MUST-11).

set B.iss = 300
expect PASS

A open active
B open active
deliver 2               # A: SYN-RECEIVED
B abort
deliver 3               # A's SYN,ACK meets CLOSED and draws a RST
deliver 4
deliver 1
