synproof script 1
# The segment that reopens the window is lost: without the probe nothing would ever move (RFC 9293
# 3.8.6.1, MUST-36; RFC 2525 2.12).

set B.iss = 200
set mss = 4
set *.window = 4
set B.read = off
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 6
deliver 4
deliver 5
B receive 4
lose 6
A timer persist
deliver 7               # the probe is taken: there is room
deliver 8
deliver 9
deliver 10
