synproof script 1
set policy.rst_check = window
set forgeries = 1
expect S46

A open active
B open passive
deliver 1
B inject RST seq=rcv.nxt+1 wnd=0
