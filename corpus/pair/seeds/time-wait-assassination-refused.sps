synproof script 1
# RFC 1337 F1 (switch tw_rst = ignore): the same, but TIME-WAIT ignores the RST and lasts.

set policy.tw_rst = ignore
set B.iss = 200
set mss = 10
set *.window = 100
set flight = 4
expect PASS

B open passive
A open active
deliver 1
deliver 2
deliver 3
B send 5
duplicate 4
deliver 5
A close
deliver 6
deliver 7
B close
deliver 8
deliver 9
deliver 4
deliver 10
deliver 11
A timer time-wait
