synproof script 1
# Text sent in CLOSE-WAIT is lost and comes again, behind it the FIN: the peer's end of stream is
# told only after the last octet (RFC 9293 3.6, 3.10.7.4 step 8).

set B.iss = 200
set mss = 10
set *.window = 100
set flight = 4
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A close
deliver 4
deliver 5
B send 6
lose 6
B close
deliver 7               # the FIN arrives before the text: it is kept
B timer retransmission
deliver 9
deliver 8
deliver 10
A timer time-wait
