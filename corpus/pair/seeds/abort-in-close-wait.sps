synproof script 1
# ABORT in CLOSE-WAIT: a RST reaches the end in FIN-WAIT-2 (RFC 9293 3.10.5).

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
B abort
deliver 6
