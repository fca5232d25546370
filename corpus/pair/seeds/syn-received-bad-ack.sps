synproof script 1
# An ACK of something never sent, in SYN-RECEIVED: a RST at that number, and the state stays (RFC
# 9293 3.10.7.4 step 5, 3.5.2 group 2).

set B.iss = 200
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
B inject ACK seq=rcv.nxt ack=snd.nxt+50 wnd=2
deliver 3               # the RST seq=251: not for this SYN
deliver 2
deliver 4
