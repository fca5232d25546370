synproof script 1
# What changes nothing in SYN-SENT: calls that are errors there, STATUS, and timers that do not
# run. Then the user timeout ends it (RFC 9293 3.10.1 to 3.10.6, 3.10.8).

set *.read = off
expect PASS

A open active
A status
A receive 1             # waits
A open passive
A open active
A timer time-wait
A timer persist
A timer delayed-ack
A timer keep-alive
A timer user
