synproof script 1
# A crashes and opens again, and B is still ESTABLISHED: the SYN draws a challenge ACK, that one a
# RST, which B must believe; the SYN again finds a listener (RFC 9293 3.5.1, Figure 9).

set B.iss = 200
set *.opens = 2
set A.reopen = above
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A crash
A open active
deliver 4               # the SYN of the new incarnation: a challenge ACK
deliver 5               # of what SYN-SENT never sent: a RST
deliver 6               # B: CLOSED
B open passive
A timer retransmission
deliver 7
deliver 8
deliver 9
