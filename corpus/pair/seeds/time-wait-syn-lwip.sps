synproof script 1
# lwIP answers a SYN in the window with a RST that acknowledges it, and stays in TIME-WAIT.

set policy = lwip
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
deliver 8
deliver 9
A timer time-wait
