synproof script 1
# What changes nothing in SYN-RECEIVED: calls that are errors there, STATUS, and timers that do not
# run. Then the user timeout ends it (RFC 9293 3.10.1 to 3.10.6, 3.10.8).

set B.iss = 200
set *.read = off
expect PASS

B open passive
A open active
deliver 1
B status
B receive 1             # waits
B open passive
B open active
B timer time-wait
B timer persist
B timer delayed-ack
B timer keep-alive
B timer user
