synproof script 1
# A retransmission carries more than the first time and begins left of RCV.NXT with text already
# taken: it is trimmed to the window, only the new octets are taken (RFC 9293 3.10.7.4 step 1).

set B.iss = 200
set mss = 10
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 2
deliver 4
lose 5                  # the ACK of the first two octets
A send 3
lose 6
A timer retransmission  # all five in one segment
deliver 7
deliver 8
