synproof script 1
# What changes nothing in FIN-WAIT-1: calls that are errors there, STATUS, and timers that do not
# run. Then ABORT ends A and the user timeout B (RFC 9293 3.10.1 to 3.10.6, 3.10.8).

set B.iss = 200
set flight = 4
set *.read = off
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A close
B close
A status
A receive 1             # waits
A open passive
A open active
A send 1
A close
A timer time-wait
A timer persist
A timer delayed-ack
A timer keep-alive
A abort
B timer user
