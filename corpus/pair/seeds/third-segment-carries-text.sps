synproof script 1
# The third segment is an ordinary one: it may carry text, and B delivers it as soon as it is
# ESTABLISHED (RFC 9293 3.10.7.3 fourth, 3.10.2 SYN-SENT: the SEND is queued).

set B.iss = 200
set mss = 10
set *.window = 100
expect PASS

B open passive
A open active
A send 5
deliver 1
deliver 2
deliver 3               # ACK with 5 octets
deliver 4
