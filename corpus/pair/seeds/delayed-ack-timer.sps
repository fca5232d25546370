synproof script 1
# The ACK of one segment waits; the delayed-ACK timer sends it (RFC 9293 3.8.6.3, SHLD-18, MUST-40).

set policy.delayed_ack = on
set B.iss = 200
set mss = 4
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 4
deliver 4
B timer delayed-ack
deliver 5
