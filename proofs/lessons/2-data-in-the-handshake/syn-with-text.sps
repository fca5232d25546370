synproof script 1
# A SYN that brings an octet: B keeps it, and hands it over when the handshake is complete.
set B.window = 4
expect PASS
B open passive iss=200
B inject SYN seq=100 wnd=4 len=1
B inject ACK seq=irs+2 ack=snd.nxt wnd=4
