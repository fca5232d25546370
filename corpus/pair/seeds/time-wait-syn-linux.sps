synproof script 1
# Linux answers a SYN that does not reopen with an ACK; the opener's RST at RCV.NXT ends TIME-WAIT.

set policy = linux
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
deliver 9
deliver 10
