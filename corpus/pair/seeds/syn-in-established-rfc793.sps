synproof script 1
# Under RFC 793 a SYN in the window is an error: a reset is sent and the connection closes.

set policy = rfc793
set B.iss = 200
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
B inject SYN seq=rcv.nxt+5 wnd=100
deliver 4
