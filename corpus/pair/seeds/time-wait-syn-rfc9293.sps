synproof script 1
# A new SYN meets TIME-WAIT without timestamps (RFC 9293 3.10.7.4 step 4, RFC 5961 4.2): a challenge
# ACK. It makes no sense to the opener, whose RST ends TIME-WAIT; the SYN sent again succeeds.

set *.opens = 2
set *.window = 100
set B.iss = 200
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A close
deliver 4
deliver 5
B close
deliver 6
deliver 7               # A: TIME-WAIT, B: CLOSED
B open active
deliver 8               # challenge ACK
deliver 9               # RST at RCV.NXT
deliver 10              # A: CLOSED
A open passive
B timer retransmission
deliver 11
deliver 12
deliver 13
