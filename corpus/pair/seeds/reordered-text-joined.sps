synproof script 1
# Three segments arrive in the order 3, 2, 1: the first two are held, and join the stream when the
# gap closes (RFC 9293 3.10.7.4 step 7, SHLD-31).

set B.iss = 200
set mss = 2
set *.window = 100
set flight = 6
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 6
deliver 6
deliver 5
deliver 4
deliver 7
deliver 8
deliver 9
