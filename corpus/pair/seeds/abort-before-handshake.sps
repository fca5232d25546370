synproof script 1
# ABORT in LISTEN and in SYN-SENT deletes the TCB and sends nothing (RFC 9293 3.10.5).

expect PASS

B open passive
A open active
B abort
A abort
deliver 1               # the SYN meets CLOSED
deliver 2               # and so does the RST
