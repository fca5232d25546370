synproof script 1
# A begins at 4294967295: the SYN is the last number of the circle, the first octet is number 0 (RFC
# 9293 3.4: all arithmetic is modulo 2^32). B's text crosses the end of the circle too.

set A.iss = 4294967295
set B.iss = 4294967290
set mss = 10
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 4
B send 8
deliver 4
deliver 5
deliver 6
deliver 7
A close
deliver 8
deliver 9
B close
deliver 10
deliver 11
A timer time-wait
