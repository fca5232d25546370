synproof script 1
# FreeBSD drops a SYN that is not newer without a word, and ignores RSTs in TIME-WAIT (RFC 1337 F1):
# the opener has to wait.

set policy = freebsd
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
B open active
deliver 8               # silence
A inject RST seq=rcv.nxt wnd=0
A timer time-wait
B timer retransmission
deliver 9               # CLOSED: refused
deliver 10
