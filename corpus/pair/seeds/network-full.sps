synproof script 1
# A network that holds one segment: what is sent into it while it is full is lost, and the timer
# repairs it (RFC 9293 3.8.1).

set flight = 1
set B.iss = 200
set mss = 3
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 6                # the second segment finds the network full
deliver 4
deliver 6
A timer retransmission
deliver 7
deliver 8
