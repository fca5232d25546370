synproof script 1
# Urgent text: the pointer names the octet after it, and the user is told before it is read (RFC
# 9293 3.8.5, 3.10.7.4 step 6, MUST-62, MUST-32).

set B.iss = 200
set mss = 10
set *.window = 100
set B.read = off
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 2
A send 3 urgent
deliver 5
deliver 4
deliver 6
deliver 7
B receive 5
deliver 8
