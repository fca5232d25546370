synproof script 1
# The same for a TCP that does not hold text (switch out_of_order = drop): what came early has to
# come again (RFC 9293 3.10.7.4 step 7, SHLD-31 not taken).

set policy.out_of_order = drop
set B.iss = 200
set mss = 3
set *.window = 100
set flight = 6
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 6
deliver 5
deliver 4
deliver 6
deliver 7
A timer retransmission
deliver 8
deliver 9
