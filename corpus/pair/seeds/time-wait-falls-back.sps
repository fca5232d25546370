synproof script 1
# The SYN that reopened was an old duplicate: the RST for its SYN,ACK returns the TCB to TIME-WAIT
# (RFC 1122 4.2.2.13 (2), RFC 9293 MAY-2).

set policy = rfc1122
set *.opens = 2
set *.window = 100
set B.iss = 200
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A close
deliver 4
deliver 5
B close
deliver 6
deliver 7
A inject SYN seq=rcv.nxt+1000 wnd=100
deliver 8               # the SYN,ACK meets CLOSED
deliver 9               # the RST: back to TIME-WAIT
A timer time-wait
