synproof script 1
# Nobody listens: CLOSED answers the SYN with <SEQ=0><ACK=SEG.SEQ+1><CTL=RST,ACK>, which SYN-SENT
# believes because it acknowledges the SYN (RFC 9293 3.10.7.1, 3.10.7.3 second).

expect PASS

A open active
deliver 1
deliver 2
