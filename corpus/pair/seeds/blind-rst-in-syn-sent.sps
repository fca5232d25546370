synproof script 1
# RSTs that do not acknowledge the SYN are dropped in SYN-SENT, whatever their sequence number
# (RFC 9293 3.10.7.3 second, RFC 5961 3.2); the handshake goes on.

set B.iss = 200
expect PASS

B open passive
A open active
A inject RST seq=0 wnd=0
A inject RST,ACK seq=0 ack=snd.nxt+1 wnd=0
deliver 1
deliver 2
deliver 3
