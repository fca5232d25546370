synproof script 1
# The last ACK is lost and TIME-WAIT does not last (msl = off): the FIN that comes again meets
# CLOSED, and B is told of a reset although all went well (RFC 9293 3.6.1: why TIME-WAIT).

set msl = off
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
A timer time-wait       # too early
B timer retransmission
deliver 8               # the FIN at CLOSED: a RST
deliver 9
