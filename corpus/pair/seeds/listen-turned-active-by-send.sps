synproof script 1
# SEND in LISTEN with a remote socket turns it into SYN-SENT, and the text waits until ESTABLISHED
# (RFC 9293 3.10.2).

set B.iss = 200
set mss = 10
set *.window = 100
expect PASS

A open passive
B open passive
A send 4
deliver 1
deliver 2
deliver 3
deliver 4
