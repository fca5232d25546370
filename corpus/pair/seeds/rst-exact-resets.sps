synproof script 1
# A RST with SEG.SEQ = RCV.NXT resets the connection (RFC 9293 3.10.7.4 step 2).

set B.iss = 200
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
B inject RST seq=rcv.nxt wnd=0
