synproof script 1
# After A's FIN the other direction stays open: B is in CLOSE-WAIT and sends, A is in FIN-WAIT-2 and
# takes it (RFC 9293 3.6: CLOSE means no more data to send).

set B.iss = 200
set mss = 10
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
B send 6                # in CLOSE-WAIT
deliver 6
deliver 7
B send 3
deliver 8
deliver 9
B close
deliver 10
deliver 11
A timer time-wait
