synproof script 1
# What changes nothing in CLOSING: calls that are errors there, STATUS, and timers that do not
# run. Then the user timeout ends one, ABORT the other (RFC 9293 3.10.1 to 3.10.6, 3.10.8).

set B.iss = 200
set flight = 4
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A close
B close
deliver 4
deliver 5
A status
A receive 1
A open passive
A open active
A send 1
A close
A timer time-wait
A timer persist
A timer delayed-ack
A timer keep-alive
A timer user
B abort
