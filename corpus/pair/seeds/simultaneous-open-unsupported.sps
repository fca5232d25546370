synproof script 1
# A stack without simultaneous open drops a SYN in SYN-SENT (against RFC 9293 MUST-10; lwIP, switch
# sim_open). The crossing SYNs open nothing; B has to give up and listen before A's SYN is taken.

set policy = lwip
set B.iss = 300
set B.opens = 2
expect PASS

A open active
B open active
deliver 1
deliver 2
B close
B open passive
A timer retransmission
deliver 3
deliver 4
deliver 5
