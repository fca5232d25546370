synproof script 1
# The network delivers a segment twice: the copy is acknowledged and dropped (RFC 9293 3.10.7.4
# step 1).

set B.iss = 200
set mss = 10
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 6
duplicate 4
deliver 4
deliver 5
deliver 6
