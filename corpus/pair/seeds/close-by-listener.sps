synproof script 1
# The passive opener closes first: the states do not depend on who opened (RFC 9293 3.6).

set B.iss = 200
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
B close
deliver 4
deliver 5
A close
deliver 6
deliver 7
B timer time-wait
