synproof script 1
# The FIN is delivered twice: it counts once, RCV.NXT does not move again (RFC 9293 3.10.7.4 step
# 8).

set B.iss = 200
set flight = 4
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A close
duplicate 4
deliver 4
deliver 5
deliver 6
B close
deliver 7
deliver 8
A timer time-wait
