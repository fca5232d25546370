synproof script 1
# An active opener across the wrap, and segments at both edges of its window (RFC 9293 3.10.7.4 step 1).
set policy = rfc9293
set A.iss = 4294967295
expect PASS

A open active
A inject SYN,ACK seq=4294967294 ack=snd.nxt+0 wnd=2
A inject ACK seq=rcv.nxt-1 ack=snd.nxt+0 wnd=2 len=1
A inject ACK seq=rcv.nxt+1 ack=snd.nxt+0 wnd=2 len=1
A inject ACK seq=rcv.nxt+2 ack=snd.nxt+0 wnd=2 len=1
A inject ACK seq=rcv.nxt+0 ack=snd.nxt+1 wnd=2
A inject RST seq=rcv.nxt+1 wnd=0
A inject SYN seq=rcv.nxt+0 wnd=2
A send 2
A timer retransmission
A inject ACK seq=rcv.nxt+0 ack=snd.una+1 wnd=0
A timer persist
A inject RST seq=rcv.nxt+0 wnd=0
