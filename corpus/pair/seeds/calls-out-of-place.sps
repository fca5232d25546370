synproof script 1
# Calls where they are errors, each with the RFC's answer, and none of them changes anything (RFC
# 9293 3.10.1 to 3.10.6).

set B.iss = 200
expect PASS

A send 1                # connection does not exist
A receive 1
A close
A abort
A status
B open passive
B open passive          # connection already exists
A open active
A open active
deliver 1
deliver 2
deliver 3
A open passive
A send 4294967295       # insufficient resources
A close
A close                 # connection closing
A send 1
A status
deliver 4
deliver 5
