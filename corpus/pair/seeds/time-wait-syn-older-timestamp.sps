synproof script 1
# RFC 6191: a SYN with the same timestamp and an older sequence number does not reopen; the policy's
# answer is a challenge ACK.

set timestamps = on
set *.opens = 2
set *.window = 100
set B.reopen = below
set B.iss = 200000
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A close
deliver 4
deliver 5
B close
deliver 6
deliver 7
B open active
deliver 8
