synproof script 1
# Both ends offer timestamps: every segment carries them, and each echoes the last one taken (RFC
# 7323 3.2, 4.3).

set timestamps = on
set ticks = 3
set B.iss = 200
set mss = 10
set *.window = 100
expect PASS

B open passive
A open active
tick
deliver 1
deliver 2
deliver 3
tick
A send 5
deliver 4
deliver 5
