synproof script 1
# What changes nothing in LISTEN: calls that are errors there, STATUS, and timers that do not
# run. Then the user timeout ends it (RFC 9293 3.10.1 to 3.10.6, 3.10.8).

set *.read = off
expect PASS

B open passive
B status
B receive 1             # waits
B timer retransmission
B timer time-wait
B timer persist
B timer delayed-ack
B timer keep-alive
B timer user
