synproof script 1
# The user timeout ends a connection that cannot deliver; it sends nothing (RFC 9293 3.10.8).

set A.user_timeouts = 1
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
lose 4
A timer user
