# Helgrind's reports, from its text (its XML leaves out which locks were held),
# to the form that tsan_findings.c writes: one JSON object a line.

function quote(text) {
    gsub(/\\/, "\\\\", text)
    gsub(/"/, "\\\"", text)
    return "\"" text "\""
}

function close_access() {
    if (open_access)
        accesses = accesses (accesses == "" ? "" : ",") \
            "{\"thread\":" thread ",\"operation\":" quote(operation) \
            ",\"size\":" size ",\"lock_addresses\":[" held "],\"frames\":[" frames "]}"
    open_access = 0
    frames = ""
}

function finish() {
    close_access()
    if (kind != "")
        printf "{\"tool\":\"Helgrind\",\"kind\":%s,\"accesses\":[%s],\"location\":{\"type\":%s,\"name\":%s},\"mutexes\":{%s}}\n", \
            quote(kind), accesses, quote(variable == "" ? "memory" : "global"), \
            quote(variable), mutexes
    kind = accesses = variable = mutexes = lock = ""
}

# "4 at 0x10C060 by thread #1" behind "of size"
function begin_access(text,    word) {
    close_access()
    match(text, /(read|write) of size [0-9]+/)
    split(substr(text, RSTART, RLENGTH), word, " ")
    operation = word[1]
    size = word[4]
    thread = text
    sub(/.*thread #/, "", thread)
    held = frames = ""
    open_access = 1
}

{ sub(/^==[0-9]+== ?/, "") }

/^---+/ { finish() }

# Locks are described before the race that they belong to.
/^ Lock at 0x[0-9A-F]+ was first observed/ { lock = tolower($3) }
lock != "" && /^ (Address|Location) 0x.* (data symbol|global var) / {
    name = $NF
    gsub(/"/, "", name)
    if (match($0, / is [1-9][0-9]* bytes inside /))
        name = name " + " substr($0, RSTART + 4, RLENGTH - 4) + 0
    mutexes = mutexes (mutexes == "" ? "" : ",") quote(lock) ":" quote(name)
    lock = ""
    next
}

/^Possible data race during / {
    kind = "data-race"
    lock = ""
    begin_access($0)
}
/^This conflicts with a previous / { begin_access($0) }
/^Locks held: [1-9]/ && open_access {
    held = $0
    sub(/.*at address(es)? /, "", held)
    gsub(/ +/, "\",\"", held)
    held = tolower("\"" held "\"")
}

# "   at 0x1091D5: main (race.c:10)"
open_access && /^ +(at|by) 0x[0-9A-F]+: .*\([^ ()]+:[0-9]+\)$/ {
    place = $NF
    gsub(/[()]/, "", place)
    line = place
    sub(/.*:/, "", line)
    sub(/:[0-9]+$/, "", place)
    frames = frames (frames == "" ? "" : ",") \
        "{\"function\":" quote($3) ",\"file\":" quote(place) ",\"line\":" line "}"
}

# The variable, in one of several wordings.
kind == "data-race" && /^ (Address|Location) 0x.* (data symbol|global var) / {
    variable = $NF
    gsub(/"/, "", variable)
}
kind == "data-race" && /^ Location 0x.* inside [a-zA-Z_]/ && !/global var/ {
    variable = $0
    sub(/.* inside /, "", variable)
    sub(/,$/, "", variable)
}

/^Thread #[0-9]+: lock order ".*" violated/ { finish(); kind = "lock-order-inversion" }
/^Thread #[0-9]+( unlocked a not-locked lock|.* unlocked lock at)/ { finish(); kind = "mutex-bad-unlock" }
/^Thread #[0-9]+: Exiting thread still holds / { finish(); kind = "exit-with-lock" }
/^Thread #[0-9]+'s call to .* failed/ { finish(); kind = "call-failed" }

END { finish() }
