synproof script 1
# What changes nothing in TIME-WAIT: calls that are errors there, STATUS, and timers that do not
# run. Then the user timeout comes (RFC 9293 3.10.1 to 3.10.6, 3.10.8).

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
deliver 7
A status
A receive 1
A open passive
A open active
A send 1
A close
A timer retransmission
A timer persist
A timer delayed-ack
A timer keep-alive
A timer user
