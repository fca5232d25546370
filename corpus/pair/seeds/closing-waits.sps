synproof script 1
# In CLOSING, an ACK that does not acknowledge the FIN changes nothing (RFC 9293 3.10.7.4 step 5).

set B.iss = 200
set flight = 4
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A close
B close
deliver 4
deliver 5
A inject ACK seq=rcv.nxt ack=snd.una wnd=2
deliver 6
deliver 7
A timer time-wait
B timer time-wait
