synproof script 1
# The window admits less than a full segment: the sender waits for more, until the override timer
# sends what fits (RFC 9293 3.8.6.2.1, MUST-38).

set policy.sws = on
set B.iss = 200
set mss = 4
set *.window = 6
set B.read = off
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 8                # 4 octets go; 2 more would fit, and wait
deliver 4
deliver 5               # still only room for 2
A timer persist         # the override timer
deliver 6
deliver 7
