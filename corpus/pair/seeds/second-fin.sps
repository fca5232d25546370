synproof script 1
# A FIN behind the FIN, which no correct peer sends: the stream has ended, RCV.NXT does not move
# (RFC 9293 3.10.7.4 step 8; switch second_fin).

set B.iss = 200
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A close
deliver 4
deliver 5
B inject FIN,ACK seq=rcv.nxt ack=snd.nxt wnd=100
lose 6
B close
deliver 7
deliver 8
A timer time-wait
