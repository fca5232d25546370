synproof script 1
# The three-way handshake with the numbers everyone draws (RFC 9293 3.5, Figure 6): SYN 100;
# SYN,ACK 200 ack 101, and B is in SYN-RECEIVED; ACK 201; both ESTABLISHED.

set A.iss = 100
set B.iss = 200
expect PASS

B open passive
A open active
deliver 1               # SYN seq=100
deliver 2               # SYN,ACK seq=200 ack=101
deliver 3               # ACK ack=201
