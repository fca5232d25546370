synproof script 1
# Both SYNs offer a shift of 2: windows after them are sent divided by 4, and 200000 octets of
# buffer can be announced (RFC 7323 2).

set scale = 2
set B.iss = 200
set mss = 1000
set *.window = 200000
expect PASS

B open passive
A open active
deliver 1               # windows of SYNs are not scaled
deliver 2
deliver 3               # wnd=50000 means 200000
A send 1000
deliver 4
deliver 5
