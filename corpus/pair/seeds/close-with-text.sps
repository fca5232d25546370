synproof script 1
# SEND, then CLOSE: the FIN follows the text, in one segment when it fits (RFC 9293 3.10.4).

set B.iss = 200
set mss = 10
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 5
A close
deliver 4
deliver 5
deliver 6
deliver 7
B close
deliver 8
deliver 9
A timer time-wait
