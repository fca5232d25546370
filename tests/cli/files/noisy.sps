synproof script 1
# A connection whose user closes early, under a literal reading of when a FIN is acknowledged, in noise.
set policy = rfc9293
set policy.fin_acked = literal
set flight = 2
set B.open = passive active
set B.opens = 2
set A.iss = 4294967294
set B.iss = 200
set A.send = 2
expect S14

B crash
lose 7
tick
deliver 27
tick
B timer keep-alive
B crash
lose 37
A status
deliver 9
B timer time-wait
A crash
B abort
duplicate 1
duplicate 15
duplicate 25
B crash
A timer retransmission
A crash
lose 11
lose 27
lose 1
duplicate 26
A timer retransmission
tick
tick
tick
tick
B timer persist
A crash
tick
deliver 5
A crash
tick
A open passive
lose 37
lose 10
A open active
B timer time-wait
deliver 36
B crash
A timer delayed-ack
duplicate 8
A status
A open passive
duplicate 12
lose 17
A send 1
deliver 25
tick
B timer persist
A open active
deliver 37
deliver 13
B abort
A send 1
lose 13
deliver 29
A send 3
tick
lose 19
deliver 39
duplicate 15
deliver 22
B send 3
A timer keep-alive
tick
duplicate 2
A send 1
B timer retransmission
tick
duplicate 30
lose 37
tick
A receive 2
B send 1
duplicate 12
B send 0
A timer time-wait
duplicate 40
deliver 34
duplicate 34
lose 32
tick
duplicate 36
B open passive
tick
tick
deliver 30
lose 33
tick
lose 31
duplicate 8
tick
A open active
A timer persist
B crash
B open passive
lose 11
lose 34
duplicate 36
deliver 20
lose 26
deliver 1
deliver 6
duplicate 38
duplicate 37
tick
tick
deliver 23
lose 22
duplicate 35
lose 3
tick
deliver 35
deliver 6
tick
deliver 2
deliver 21
lose 24
B timer keep-alive
duplicate 6
A send 3
duplicate 7
tick
B timer delayed-ack
lose 8
tick
lose 30
lose 10
lose 17
lose 23
deliver 18
A close
lose 8
lose 23
B timer persist
A timer persist
lose 36
duplicate 25
lose 24
B timer persist
lose 27
A timer keep-alive
deliver 9
B timer persist
lose 11
tick
B open passive
lose 10
duplicate 28
A timer delayed-ack
deliver 14
tick
deliver 31
deliver 26
B receive 1
A receive 2
lose 28
A timer time-wait
B timer persist
duplicate 36
duplicate 36
A close
tick
duplicate 35
tick
B status
B timer persist
B open passive
tick
duplicate 11
tick
tick
B receive 1
deliver 4
B receive 2
lose 22
deliver 39
duplicate 25
deliver 6
deliver 3
B send 3
A status
lose 28
tick
duplicate 7
tick
B close
B timer persist
deliver 30
B open passive
tick
B crash
B crash
tick
duplicate 4
B status
A receive 0
A timer keep-alive
B crash
B timer time-wait
A status
B receive 1
tick
lose 12
B timer delayed-ack
B timer user
tick
lose 11
tick
duplicate 4
deliver 16
deliver 6
