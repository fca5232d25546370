synproof script 1
# A RST inside the window, not at RCV.NXT, draws a challenge ACK and resets nothing (RFC 5961 3.2).
# The true peer takes the challenge for a duplicate ACK.

set B.iss = 200
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
B inject RST seq=rcv.nxt+1 wnd=0
deliver 4
