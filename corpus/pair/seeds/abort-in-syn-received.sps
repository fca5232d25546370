synproof script 1
# ABORT in SYN-RECEIVED sends a RST at SND.NXT, which the opener believes wherever it stands
# (RFC 9293 3.10.5).

set B.iss = 200
expect PASS

B open passive
A open active
deliver 1
B abort                 # RST is #3
deliver 2               # A: ESTABLISHED
deliver 3               # A: connection reset
deliver 4               # A's ACK meets CLOSED
deliver 5
