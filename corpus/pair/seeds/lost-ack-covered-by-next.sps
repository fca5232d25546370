synproof script 1
# The ACK of the first segment is lost; the ACK of the second covers both, because ACKs are
# cumulative (RFC 9293 3.4, 3.10.7.4 step 5).

set B.iss = 200
set mss = 3
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 6
deliver 4
lose 6
deliver 5
deliver 7
