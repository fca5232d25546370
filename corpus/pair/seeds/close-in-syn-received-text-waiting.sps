synproof script 1
# CLOSE in SYN-RECEIVED with text waiting is queued until ESTABLISHED, then text and FIN go out
# (RFC 9293 3.10.4).

set B.iss = 200
set mss = 10
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
B send 3
B close
deliver 2
deliver 3               # B: ESTABLISHED, and at once FIN-WAIT-1: text and FIN in one segment
deliver 4
deliver 5               # B: FIN-WAIT-2
A close
deliver 6
deliver 7
B timer time-wait
