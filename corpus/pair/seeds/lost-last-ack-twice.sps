synproof script 1
# The last ACK is lost twice, and TIME-WAIT answers each FIN (RFC 9293 3.10.7.4 step 8).

set B.iss = 200
set losses = 2
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
deliver 8
lose 9
B timer retransmission
deliver 10
deliver 11
A timer time-wait
