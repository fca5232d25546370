synproof script 1
# ABORT after the own FIN, before the peer's: a RST (RFC 9293 3.10.5, FIN-WAIT-2).

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
A abort
deliver 6
