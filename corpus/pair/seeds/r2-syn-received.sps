synproof script 1
# R2 in SYN-RECEIVED: the handshake is given up and the user told; nothing stays half-open for ever
# (RFC 9293 3.8.3, MUST-20, MUST-22).

set r2 = 1
set B.iss = 200
expect PASS

B open passive
B inject SYN seq=100 wnd=2
lose 1
B timer retransmission
lose 2
B timer retransmission
