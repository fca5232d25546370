synproof script 1
# An old duplicate with an older timestamp than the last one taken is acknowledged and dropped,
# before its sequence number is looked at (RFC 7323 5.3, PAWS).

set timestamps = on
set ticks = 3
set B.iss = 200
set mss = 10
set *.window = 100
set flight = 4
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 5
duplicate 4
deliver 5
tick
A send 5
deliver 6
deliver 7
deliver 4               # the copy, one tick too old
deliver 8
