# What interleave found and its schedule does not show again, from explore's own text,
# to a finding as interleave.jq makes them. Of the order nothing is known.

def access:
    capture("^ +(?<thread>[^ ]+) (?<operation>reads|writes) (?<variable>.+) at (?<file>[^ ]+):(?<line>[0-9]+) \\((?<function>.*?)\\), holding (?<held>.*)$")
    | {operation: (.operation | rtrimstr("s")), thread, through: null, atomic: false,
       locks: [.held | scan("`([^`]+)`")[0]], variable, function, file, line: (.line | tonumber)}
    | .frames = [{function, file, line}];

def place:
    capture("\\((?<thread>[^ ]+), (?<file>[^ ]+):(?<line>[0-9]+)\\)$")
    | {operation: "call", thread, through: null, atomic: false, locks: null, function: .thread, file, line: (.line | tonumber)}
    | .frames = [{function, file, line}];

split("\n")
| (.[1] // "" | split(": ")) as [$kind]
| select($kind != "")
| [if $kind == "data race" then .[2:4][] | access else .[1] | place end] as $accesses
| {
    tool: "interleave", kind: (if $kind == "data race" then "data-race" else $kind end),
    sentence: "", text: (.[1] | ltrimstr($kind + ": ") | sub(" \\([^ ]+, [^ ]+:[0-9]+\\)$"; "")),
    variable: (if $accesses[0].variable == null then null else "`\($accesses[0].variable)`" end),
    accesses: [$accesses[] | del(.variable)],
    schedule: null, interleaving: []
  }
