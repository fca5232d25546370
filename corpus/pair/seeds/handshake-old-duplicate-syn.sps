synproof script 1
# RFC 9293 3.5 Figure 8: a SYN of long ago arrives before the new one. B believes it, A's RST for
# the SYN,ACK sends B back to LISTEN, and the new SYN opens the connection.

set B.iss = 200
expect PASS

B open passive
A open active
B inject SYN seq=90 wnd=2
deliver 2               # SYN,ACK ack=91: A never sent that
deliver 3               # RST seq=91: back to LISTEN
deliver 1
deliver 4
deliver 5
