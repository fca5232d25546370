synproof script 1
# A lost its connection (its RST vanished); B does not know. B's text finds CLOSED, and the RST for
# it ends B's half (RFC 9293 3.5.1 Figure 10).

set B.iss = 200
set mss = 10
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A abort
lose 4
B send 5
deliver 5
deliver 6
