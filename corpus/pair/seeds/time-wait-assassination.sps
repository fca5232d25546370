synproof script 1
# RFC 1337: an old duplicate arrives in TIME-WAIT, the ACK for it meets CLOSED, and the RST for that
# ACK is exact: TIME-WAIT is over early.

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
B send 5
duplicate 4
deliver 5
A close
deliver 6
deliver 7
B close
deliver 8
deliver 9               # A: TIME-WAIT, B: CLOSED
deliver 4               # the old text: an ACK
deliver 10              # which meets CLOSED: a RST
deliver 11              # and ends TIME-WAIT
