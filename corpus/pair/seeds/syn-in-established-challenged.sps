synproof script 1
# A SYN in a synchronized state draws a challenge ACK, whatever its sequence number (RFC 5961 4.2).

set B.iss = 200
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
B inject SYN seq=rcv.nxt+5 wnd=100
B inject SYN seq=rcv.nxt-5000 wnd=100
deliver 4
deliver 5
