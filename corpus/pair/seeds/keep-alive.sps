synproof script 1
# An idle connection is probed below SND.NXT, and the peer shows that it lives (RFC 9293 3.8.4,
# MAY-5).

set A.keep_alives = 1
set B.iss = 200
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A timer keep-alive
deliver 4
deliver 5
