synproof script 1
# Linux begins 2MSL anew with any segment that has ACK, without a word (switch tw_restart).

set policy = linux
set B.iss = 200
set flight = 4
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A close
B close
deliver 4
deliver 5
duplicate 6
deliver 6
deliver 7
A timer time-wait
B timer time-wait
