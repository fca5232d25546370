synproof script 1
# Text crosses in the network; each segment carries the ACK of what had arrived when it was sent
# (RFC 9293 3.8, 3.10.7.4 step 7).

set B.iss = 200
set mss = 10
set *.window = 100
set flight = 4
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 6
B send 3
deliver 4
deliver 5
deliver 6
deliver 7
