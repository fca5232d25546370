synproof script 1
# The third segment is lost, but text follows it, and every segment after the first SYN carries an
# ACK: the text completes the handshake (RFC 9293 3.10.7.4 step 5).

set B.iss = 200
set mss = 10
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
lose 3
A send 4
deliver 4
deliver 5
