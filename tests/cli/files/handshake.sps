synproof script 1
# RFC 9293 3.5 Figure 6, with the numbers of a textbook.
set A.iss = 100
set B.iss = 200
set B.open = passive
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
