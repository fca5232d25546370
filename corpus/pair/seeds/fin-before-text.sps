synproof script 1
# The FIN overtakes the text before it: it is kept, and the stream ends only when the gap is closed
# (RFC 9293 3.10.7.4 steps 7 and 8).

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
deliver 5               # FIN
deliver 4               # text, then the FIN counts: CLOSE-WAIT
deliver 6
deliver 7
