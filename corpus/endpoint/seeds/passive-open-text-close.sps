synproof script 1
# A listener is opened, sent text and closed by forged segments that fit (RFC 9293 3.10.7.2, 3.10.7.4).
set policy = rfc9293
expect PASS

A open passive
A inject SYN seq=5000 wnd=1000 mss=536 iss=300
A inject ACK seq=rcv.nxt+0 ack=snd.nxt+0 wnd=1000
A inject PSH,ACK seq=rcv.nxt+0 ack=snd.nxt+0 wnd=1000 len=1
A send 1
A inject ACK seq=rcv.nxt+0 ack=snd.nxt+0 wnd=1000
A inject FIN,ACK seq=rcv.nxt+0 ack=snd.nxt+0 wnd=1000
A close
A inject ACK seq=rcv.nxt+0 ack=snd.nxt+0 wnd=1000
