# From the JSON form: a line for each packet that the pcapng form must have, in order:
# interface, control bits, SEQ, ACK, window, octets of text, address of the sender.
def bits: {"FIN": 1, "SYN": 2, "RST": 4, "PSH": 8, "ACK": 16, "URG": 32, "ECE": 64, "CWR": 128};
def line($interface):
    [$interface, ([.flags[] | bits[.]] | add // 0), .seq, .ack, .wnd, .len, (if .from == "A" then "192.0.2.1" else "192.0.2.2" end)]
    | map(tostring) | join("\t");
def is_network: .kind == "inject" or .kind == "vanish";
# The step is about the segment in flight with that number.
def about($serial):
    .possible and (if is_network then .for == $serial
        else (.kind == "deliver" or .kind == "duplicate" or .kind == "lose") and .number == $serial end);

[.states[] | ."#meta" + {number: (.action | split(" ") | .[1] // "" | tonumber? // 0), flying: [.network[].serial]}] as $steps
| range(1; $steps | length) as $i | $steps[$i]
| select(.possible)
| (select(is_network) | .for as $stood_for | select($steps[$i - 1].flying | index($stood_for) | not) | .kind as $kind
    | .segment | line(if $kind == "vanish" then "lost" else "wire" end)),
  (.sent // [] | .[] | .segment as $segment | .overflow as $overflow
    | [$steps[$i + 1:][] | select(about($segment.serial))] as $fates
    | (first($fates[] | select(.kind != "duplicate")) // {kind: "none"}) as $last
    | if $overflow then $segment | line("lost")
      elif $last.kind == "vanish" then $last.segment | line("lost")
      elif $last.kind == "inject" then $last.segment | line("wire")
      elif $last.kind == "lose" and $fates[0].kind == "lose" then $segment | line("lost")
      else $segment | line("wire") end)
