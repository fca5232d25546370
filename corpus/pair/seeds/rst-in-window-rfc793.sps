synproof script 1
# Under RFC 793 any RST inside the window resets: what a blind attacker counts on.

set policy = rfc793
set B.iss = 200
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
B inject RST seq=rcv.nxt+99 wnd=0
