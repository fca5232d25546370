synproof script 1
# Text from A to B, each segment acknowledged (RFC 9293 3.10.2, 3.10.7.4 steps 5 and 7). The last
# segment of a SEND carries PSH.

set B.iss = 200
set mss = 4
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 6
deliver 4               # 4 octets
deliver 6
deliver 5               # 2 octets, PSH
deliver 7
