synproof script 1
# A RST outside the window is dropped without an answer, one left of it and one at its right edge
# (RFC 9293 3.10.7.4 steps 1 and 2).

set B.iss = 200
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
B inject RST seq=rcv.nxt-1 wnd=0
B inject RST seq=rcv.nxt+100 wnd=0
