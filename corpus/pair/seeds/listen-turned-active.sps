synproof script 1
# OPEN active in LISTEN turns it into SYN-SENT (RFC 9293 3.10.1); the other end listens.

set A.open = passive upgrade
set B.iss = 200
set B.open = passive
expect PASS

A open passive
B open passive
A open active
deliver 1
deliver 2
deliver 3
