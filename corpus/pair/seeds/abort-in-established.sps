synproof script 1
# ABORT in ESTABLISHED: a RST at SND.NXT, queues are flushed, both ends are CLOSED (RFC 9293
# 3.10.5).

set B.iss = 200
set mss = 10
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 5
A abort
deliver 4               # text still arrives
deliver 5               # then the RST
deliver 6               # B's ACK meets CLOSED
deliver 7
