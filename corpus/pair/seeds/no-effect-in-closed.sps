synproof script 1
# What changes nothing in CLOSED: calls that are errors there, STATUS, and timers that do not
# run. Then a connection opens (RFC 9293 3.10.1 to 3.10.6, 3.10.8).

set B.iss = 200
expect PASS

A send 1
A receive 1
A close
A abort
A status
A timer user
A timer retransmission
A timer time-wait
A timer persist
A timer delayed-ack
A timer keep-alive
B open passive
A open active
deliver 1
deliver 2
deliver 3
