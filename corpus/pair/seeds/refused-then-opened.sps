synproof script 1
# The RST that refuses is lost; meanwhile the other user listens, and the SYN sent again finds it.
# RFC 9293 3.10.7.1, 3.10.8.

set B.iss = 200
expect PASS

A open active
deliver 1
lose 2
B open passive
A timer retransmission
deliver 3
deliver 4
deliver 5
