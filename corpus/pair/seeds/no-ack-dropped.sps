synproof script 1
# After the handshake every segment carries an ACK; one without is dropped, text and all (RFC 9293
# 3.10.7.4 step 5).

set B.iss = 200
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
B inject PSH seq=rcv.nxt wnd=100 len=3
B inject none seq=rcv.nxt wnd=100
