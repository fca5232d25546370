synproof script 1
# A duplicate of the peer's FIN is acknowledged in TIME-WAIT and 2MSL begin anew; then nothing comes
# any more, 2MSL pass, and the connection is gone (RFC 9293 3.10.8, MUST-13).

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
duplicate 6
deliver 6               # the copy: an ACK, and 2MSL begin anew
deliver 7
lose 8                  # the second ACK
A timer time-wait
