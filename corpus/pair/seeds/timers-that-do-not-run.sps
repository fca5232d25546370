synproof script 1
# Timers that are not running do nothing in any state (RFC 9293 3.10.8: queue empty, not running).

set B.iss = 200
expect PASS

A timer retransmission
A timer time-wait
A timer user
B open passive
B timer retransmission
A open active
A timer persist
A timer delayed-ack
A timer keep-alive
deliver 1
deliver 2
deliver 3
A timer retransmission
A timer time-wait
