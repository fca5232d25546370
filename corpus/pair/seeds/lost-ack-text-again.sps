synproof script 1
# The ACK is lost: the text comes again, lies left of the window, is acknowledged and dropped
# (RFC 9293 3.10.7.4 step 1). It is delivered once.

set B.iss = 200
set mss = 10
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 6
deliver 4
lose 5
A timer retransmission
deliver 6
deliver 7
