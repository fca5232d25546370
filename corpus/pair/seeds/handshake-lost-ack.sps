synproof script 1
# The third segment is lost: A is ESTABLISHED, B is not. The SYN,ACK comes again and draws an ACK
# from ESTABLISHED, which completes the handshake (RFC 9293 3.10.7.4 step 1).

set B.iss = 200
expect PASS

B open passive
A open active
deliver 1
deliver 2
lose 3
B timer retransmission
deliver 4
deliver 5
