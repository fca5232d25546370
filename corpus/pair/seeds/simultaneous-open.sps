synproof script 1
# Both users open actively and the SYNs cross (RFC 9293 3.5 Figure 7, MUST-10): both go through
# SYN-RECEIVED, and one connection comes of it.

set B.iss = 300
set flight = 4
expect PASS

A open active
B open active
deliver 1
deliver 2
deliver 3
deliver 4
deliver 5
deliver 6
