synproof script 1
# B does not read: its window closes. A's persist timer probes it, the probe is acknowledged but not
# taken, and the window stays known (RFC 9293 3.8.6.1, MUST-35, MUST-36). Then B reads.

set B.iss = 200
set mss = 4
set *.window = 4
set B.read = off
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
A send 6
deliver 4               # 4 octets fill the buffer
deliver 5               # ACK wnd=0
A timer persist
deliver 6               # the probe
deliver 7
B receive 4
deliver 8               # the window is open again
deliver 9
deliver 10
