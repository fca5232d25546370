synproof script 1
# The user takes one octet out of a full buffer: that much room is not worth an update. With a full
# segment's room the window opens (RFC 9293 3.8.6.2.2, MUST-39).

set policy.sws = on
set B.iss = 200
set mss = 4
set *.window = 8
set B.read = off
set flight = 4
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 8
deliver 4
deliver 5
deliver 6
deliver 7
B receive 1             # no update
B receive 3             # 4 octets of room: an update
deliver 8
