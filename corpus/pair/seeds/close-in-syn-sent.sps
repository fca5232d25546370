synproof script 1
# CLOSE in SYN-SENT deletes the TCB and sends nothing; the SYN,ACK then draws a RST, and the
# listener is back in LISTEN (RFC 9293 3.10.4, 3.10.7.1).

set B.iss = 200
expect PASS

B open passive
A open active
A close
deliver 1
deliver 2
deliver 3
