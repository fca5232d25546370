synproof script 1
# A crashes, and B, still ESTABLISHED, sends text: it meets CLOSED and draws a RST (RFC 9293 3.5.1,
# Figure 10).

set B.iss = 200
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A crash
B send 1
deliver 4
deliver 5
