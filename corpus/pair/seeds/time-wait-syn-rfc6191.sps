synproof script 1
# RFC 6191 section 2: with timestamps, a SYN with a newer one opens a new incarnation out of
# TIME-WAIT, although its sequence number is older.

set timestamps = on
set ticks = 1
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
tick
B open active
deliver 8
deliver 9
deliver 10
