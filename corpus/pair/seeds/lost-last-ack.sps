synproof script 1
# The last ACK is lost: the FIN comes again and finds TIME-WAIT, which acknowledges it and begins
# its 2MSL anew. This is the first of the two reasons for TIME-WAIT (RFC 9293 3.10.7.4, 3.6.1).

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
lose 7
B timer retransmission
deliver 8               # TIME-WAIT begins anew
deliver 9
A timer time-wait
