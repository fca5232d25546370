synproof script 1
# The letter of RFC 9293 3.10.7.4 step 5: TIME-WAIT acknowledges any segment. Two ends in TIME-WAIT
# and one duplicate ACK answer each other for ever (switch tw_ack = literal).

set policy.tw_ack = literal
set B.iss = 200
set flight = 4
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A close
B close
deliver 4
deliver 5
duplicate 6
deliver 7               # both in TIME-WAIT
deliver 6               # the duplicate: an ACK
deliver 8               # an ACK for the ACK
deliver 9
deliver 10
