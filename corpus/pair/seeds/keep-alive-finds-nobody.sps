synproof script 1
# The peer is gone and its RST was lost: the keep-alive probe draws another, and the connection ends
# (RFC 9293 3.8.4, 3.5.1 half-open connections).

set A.keep_alives = 1
set B.iss = 200
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
B abort
lose 4
A timer keep-alive
deliver 5
deliver 6
