# The locks of each access, taken from findings that know them ($known) and are about
# the same two places. Where there is none, nobody knows: null.

def places: [.accesses[] | [.file, .line]] | sort;

. as $finding
| [$known[] | select(.kind == "data-race" and places == ($finding | places))][0] as $same
| .accesses |= map(. as $access
    | .locks = ([$same.accesses[]? | select(.file == $access.file and .line == $access.line).locks][0]))
