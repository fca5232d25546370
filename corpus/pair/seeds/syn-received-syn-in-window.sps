synproof script 1
# A SYN in the window of a passive SYN-RECEIVED returns it to LISTEN, silently (RFC 9293 3.10.7.4
# step 4; switch synrcvd_syn). The opener's SYN has to come again.

set B.iss = 200
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
B inject SYN seq=rcv.nxt+7 wnd=2
lose 2
A timer retransmission
deliver 3
deliver 4
deliver 5
