synproof script 1
# RECEIVE makes room, and the new window is announced without being asked for (RFC 9293 3.10.3,
# 3.8.6.2.2).

set B.iss = 200
set mss = 10
set *.window = 4
set B.read = off
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 4
deliver 4
deliver 5
B receive 2
B receive 2
deliver 6
deliver 7
