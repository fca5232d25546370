synproof script 1
# The letter of RFC 9293 3.10.7.4 step 1, and probes that advance SND.NXT: with both windows closed
# and both ends probing, every ACK is unacceptable and begets an ACK (switch zero_window = literal).

set policy.zero_window = literal
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
deliver 12
deliver 13
