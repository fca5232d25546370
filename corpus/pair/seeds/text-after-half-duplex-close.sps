synproof script 1
# After a half-duplex CLOSE nobody reads: text that arrives draws a RST (RFC 9293 3.6.1 SHLD-3; RFC
# 2525 2.16).

set policy.close_unread = rst
set B.iss = 200
set mss = 10
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
B close
deliver 4
deliver 5
A send 5
deliver 6
deliver 7
