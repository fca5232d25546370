synproof script 1
# ABORT in LAST-ACK and in TIME-WAIT: no RST, the TCB is gone (RFC 9293 3.10.5).

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
B abort                 # LAST-ACK
A abort                 # TIME-WAIT
deliver 7
deliver 8
