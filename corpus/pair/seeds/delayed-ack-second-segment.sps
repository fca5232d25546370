synproof script 1
# The second full segment draws the ACK that the first one's waited for (RFC 9293 3.8.6.3, SHLD-19).

set policy.delayed_ack = on
set B.iss = 200
set mss = 4
set *.window = 100
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
