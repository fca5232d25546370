synproof script 1
# An ACK of something never sent is not believed; it draws an ACK (RFC 9293 3.10.7.4 step 5).

set B.iss = 200
set mss = 10
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A inject ACK seq=rcv.nxt ack=snd.nxt+1000 wnd=100
deliver 4
A send 5
deliver 5
deliver 6
