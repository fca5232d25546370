synproof script 1
# Text that was on hand when the FIN came can still be read, down to the last octet, in CLOSE-WAIT
# and after CLOSE (RFC 9293 3.10.3, 3.9.1.4; switch receive_closing).

set B.iss = 200
set mss = 10
set *.window = 100
set B.read = off
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 5
A close
deliver 4
deliver 5
B receive 2             # in CLOSE-WAIT
B close
B receive 3             # in LAST-ACK
B receive 1             # connection closing
deliver 6
deliver 7
deliver 8
deliver 9
A timer time-wait
