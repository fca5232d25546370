synproof script 1
# CLOSE with text that the user has not read: a half-duplex close sends a RST, so that the peer
# knows text was lost (RFC 9293 3.6.1 MAY-1, SHLD-3; RFC 2525 2.17; switch close_unread).

set policy.close_unread = rst
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
A send 5
deliver 4
deliver 5
B close
deliver 6
