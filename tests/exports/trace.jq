# A line for each promise of the JSON form (model/report/README.md) that this document breaks.
."#meta".synproof as $meta
| .vars as $vars
| .states as $states
| ($states | length - 1) as $steps
| [$states[]."#meta".violations // [] | .[]] as $violated
| def numbers_fit: [.. | numbers | select(. != floor or . < 0 or . > 4294967295)] | length == 0;
(if ."#meta".format != "ITF" then "the format is not ITF" else empty end),
(if $meta.version != 1 then "version \($meta.version)" else empty end),
(if $meta.steps != $steps then "\($meta.steps) steps are promised, \($steps) are there" else empty end),
(if [$states[]."#meta".index] != [range($steps + 1)] then "the states are not numbered from 0" else empty end),
(if any($states[]; (keys - ["#meta"]) != ($vars | sort)) then "a state has other variables than vars" else empty end),
(if any($states[] | .A, .B; keys != ($states[0].A | keys)) then "a TCB has a field more or less" else empty end),
(if $meta.script != $text then "the script is not what show --as text writes" else empty end),
(if [$states[1:][] | .action] != ($text | split("\n\n")[1:] | join("\n\n") | split("\n") | map(select(. != ""))) then "the actions are not those of the script" else empty end),
(if ([$meta.violations[].id] | sort) != ($violated | unique | sort) then "violations of the head and of the steps differ" else empty end),
(if ($meta.verdict == "violation") != ($violated != []) then "the verdict does not fit the violations" else empty end),
(if $meta.expected == "PASS" and $violated != [] then "PASS is expected, and \($violated[0]) is violated" else empty end),
(if ($meta.expected | test("^[SL][0-9]+$")) and ($violated | index($meta.expected) | not) then "\($meta.expected) is expected, and not violated" else empty end),
(if any($meta.violations[]; . as $v | .signature | startswith($v.id + "/") | not) then "a signature does not begin with its property" else empty end),
(if any($states[1:][]."#meta"; .possible and has("rules") and (.rules | length) == 0) then "a host acted, and no rule fired" else empty end),
(if $states | numbers_fit | not then "a number does not fit 32 bits" else empty end)
