synproof script 1
# Both windows are closed and both ends probe: the ACKs must count although nothing is acceptable at
# a closed window (RFC 9293 3.10.7.4 step 1, switch zero_window). No ACK begets an ACK for ever.

set B.iss = 200
set mss = 2
set *.window = 2
set *.read = off
set flight = 4
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 4
B send 4
deliver 4
deliver 5
deliver 6
deliver 7
A timer persist
B timer persist
deliver 8
deliver 9
deliver 10
deliver 11
B receive 2
deliver 12
deliver 13
deliver 14
