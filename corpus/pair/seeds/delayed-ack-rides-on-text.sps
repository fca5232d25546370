synproof script 1
# The ACK that waits goes out with text the other way (RFC 9293 3.8.6.3).

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
B send 2
deliver 5
A timer delayed-ack
deliver 6
