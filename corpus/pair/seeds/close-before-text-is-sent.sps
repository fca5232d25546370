synproof script 1
# CLOSE while the peer's window is shut: FIN-WAIT-1 at once, but the FIN is not sent before the text
# (RFC 9293 3.10.4); an ACK of all that was sent must not be taken for the FIN's.

set B.iss = 200
set mss = 2
set *.window = 2
set B.read = off
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 4
A close                 # 2 octets in flight, 2 wait, and the FIN behind them
deliver 4
deliver 5               # all that was sent is acknowledged: still FIN-WAIT-1
B receive 2
deliver 6               # the window opens: the text
deliver 7
deliver 8
B receive 2
deliver 9               # room for the FIN
deliver 10
deliver 11
B close
deliver 12
deliver 13
A timer time-wait
