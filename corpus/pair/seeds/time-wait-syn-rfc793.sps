synproof script 1
# The same under RFC 793, the SYN inside the window: a RST that acknowledges the SYN, so that the
# opener must believe it; TIME-WAIT ends too (RFC 793 3.9).

set policy = rfc793
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
deliver 8               # RST,ACK
deliver 9               # B: refused
