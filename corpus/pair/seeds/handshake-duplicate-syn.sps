synproof script 1
# The network delivers the SYN twice. One connection comes of it: the second SYN,ACK arrives in
# ESTABLISHED and is only acknowledged (RFC 9293 3.10.7.4 step 1, RFC 5961 4.2).

set B.iss = 200
set flight = 4
expect PASS

B open passive
A open active
duplicate 1
deliver 1
deliver 2
deliver 4
deliver 3
deliver 5
