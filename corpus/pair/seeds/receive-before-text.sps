synproof script 1
# RECEIVE before there is text waits, and is satisfied when text comes (RFC 9293 3.10.3).

set B.iss = 200
set mss = 10
set *.window = 100
set B.read = off
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
B receive 3
A send 5
deliver 4               # 3 octets are handed over, 2 stay
deliver 5
B receive 2
deliver 6
