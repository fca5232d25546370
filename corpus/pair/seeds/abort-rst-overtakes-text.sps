synproof script 1
# The RST overtakes text sent before it: it is not at RCV.NXT, so it draws a challenge ACK, and the
# RST for that ACK is exact (RFC 5961 3.2 and section 8).

set B.iss = 200
set mss = 10
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 5
A abort
deliver 5               # challenged
deliver 6               # the challenge meets CLOSED: RST at RCV.NXT
deliver 7
deliver 4
deliver 8
