synproof script 1
# SACK is negotiated: the duplicate ACK that held text draws tells the sender which octets arrived
# (RFC 2018 sections 3 and 4).

set sack = on
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
deliver 6
deliver 4
deliver 7
