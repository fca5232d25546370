synproof script 1
# Both users CLOSE and the FINs cross (RFC 9293 3.6 Figure 13): both ends go through CLOSING to
# TIME-WAIT. Duplicate ACKs between two ends in TIME-WAIT draw no answer.

set B.iss = 200
set flight = 4
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A close
B close
deliver 4
deliver 5
duplicate 6
duplicate 7
deliver 6               # in TIME-WAIT: nothing
deliver 7
A timer time-wait
B timer time-wait
