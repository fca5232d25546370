synproof script 1
# The same under RFC 1122 4.2.2.13 (MAY): a SYN with a newer sequence number opens a new incarnation
# out of TIME-WAIT.

set policy = rfc1122
set *.opens = 2
set *.window = 100
set B.iss = 200
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
deliver 8               # A: SYN-RECEIVED
deliver 9
deliver 10
