synproof script 1
# Once negotiated, timestamps are on every segment; one without them is dropped (RFC 7323 3.2).

set timestamps = on
set B.iss = 200
set mss = 10
set *.window = 100
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
B inject ACK seq=rcv.nxt ack=snd.nxt wnd=100 len=3
A send 5
deliver 4
deliver 5
