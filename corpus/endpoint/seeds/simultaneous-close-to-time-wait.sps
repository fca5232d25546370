synproof script 1
# FIN against FIN, then a new SYN in TIME-WAIT (RFC 9293 3.6, MAY-2).
set policy = rfc9293
set A.opens = 2
expect PASS

A open active
A inject SYN,ACK seq=100 ack=snd.nxt+0 wnd=10
A close
A inject FIN,ACK seq=rcv.nxt+0 ack=snd.una+0 wnd=10
A inject ACK seq=rcv.nxt+0 ack=snd.nxt+0 wnd=10
A inject FIN,ACK seq=rcv.nxt-1 ack=snd.nxt+0 wnd=10
A inject SYN seq=rcv.nxt+100 wnd=10 iss=900
A timer time-wait
