synproof script 1
# What LISTEN does with segments that are no SYN: a RST is ignored, an ACK draws a RST, all else
# is dropped (RFC 9293 3.10.7.2). Then the true SYN comes.

set B.iss = 200
expect PASS

B open passive
A open active
B inject RST seq=5 wnd=0
B inject ACK seq=5 ack=70 wnd=2
B inject FIN seq=5 wnd=2
deliver 1
deliver 2               # the RST seq=70 for the forged ACK: dropped by SYN-SENT
deliver 3
deliver 4
