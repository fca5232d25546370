synproof script 1
# A SYN,ACK of an old connection reaches SYN-SENT: its ACK is not for this SYN, so it draws a RST
# and changes nothing (RFC 9293 3.10.7.3 first).

set B.iss = 200
expect PASS

B open passive
A open active
A inject SYN,ACK seq=700 ack=50 wnd=2
deliver 1
deliver 2               # the RST for the forged one arrives in SYN-RECEIVED: outside the window
deliver 3
deliver 4
