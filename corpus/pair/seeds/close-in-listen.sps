synproof script 1
# CLOSE in LISTEN deletes the TCB; a SYN that comes later is refused (RFC 9293 3.10.4).

expect PASS

B open passive
A open active
B close
deliver 1
deliver 2
