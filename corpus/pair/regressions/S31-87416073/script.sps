synproof script 1
# S31 ack-of-nothing-sent [RFC 9293 3.10.7.4 step 5]
# a segment without ACK, or with one of what was never sent, changes nothing
set policy = rfc9293
expect PASS

B open passive
A open active
deliver 1
deliver 2
A inject ACK seq=rcv.nxt+0 ack=iss-2147483647 wnd=0 len=1
