synproof script 1
# A lost its connection and opens a new one; B is still ESTABLISHED. B's challenge ACK makes no
# sense to SYN-SENT, whose RST ends B's half; the SYN sent again opens the new one (RFC 9293 3.5.1
# Figure 9, RFC 5961 4.2).

set *.opens = 2
set B.iss = 200
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A abort
lose 4
A open active
deliver 5               # SYN in ESTABLISHED: challenge ACK
deliver 6               # ACK of the old connection: RST
deliver 7               # B: reset
B open passive
A timer retransmission
deliver 8
deliver 9
deliver 10
