# The reports of the detectors, as they write them, to findings. Input: one
# object a report; for ThreadSanitizer, $locks has the locks of its accesses.
#
# A finding:
#   tool, kind       "ThreadSanitizer", "data-race"
#   variable         its name, or what kind of memory it is
#   text             what the detector says, where its kinds do not say it all
#   accesses         operation, thread, locks (names; null: not known), function, file, path, line:
#                    the first place in the user's own code; `through`: the library
#                    function that was called there, if it was not the code itself;
#                    `frames`: that place and its callers in the user's code. If a
#                    report is about no access, the calls that it is about

def own_frames:
    map(select(.line > 0
        and (.function | startswith("__interceptor_") | not)
        and (.file | test("libsanitizer|sysdeps|/nptl/|^/usr/|^\\.\\./|vgpreload|pthread_create\\.c$|\\.S$") | not)));

def library_call:
    (.[0].function // "" | ltrimstr("__interceptor_") | sub("^__"; "") | sub("_(sse|avx|evex)[0-9a-z_]*$"; "")) as $name
    | if (own_frames | length) > 0 and .[0] == own_frames[0] then null else $name end;

def lock_names($held; $mutexes):
    $held | map($mutexes[.] // "" | if . == "" then "a lock without a name" else . end) | unique;

def variable:
    if (.location.name // "") != "" then "`\(.location.name)`"
    elif .location.type == "stack" then "a local variable of \(if .location.thread == 0 then "main" else "thread T\(.location.thread)" end)"
    elif .location.type == "heap" then
        (.location.frames // [] | own_frames[0]) as $place
        | "memory from malloc" + if $place == null then "" else " at \($place.file | sub(".*/"; "")):\($place.line)" end
    elif .location.type == "fd" then "a file descriptor"
    else "memory without a name" end;

[., (.mutexes // {}), (.threads // {})] as [$report, $mutexes, $threads]
| {
    tool, text,
    kind: (.kind | if IN("null-deref", "SEGV", "FPE", "BUS", "ILL", "ABRT") then "crash" else . end),
    variable: variable,
    accesses: [.accesses | to_entries[] | .key as $i | .value | {
        operation, atomic: (.atomic // false),
        thread: (.thread as $thread | $threads[$thread | tostring] // "" | if . == "" then $thread else . end),
        locks: (if .operation == "call" then null
                else lock_names(.lock_addresses // $locks[$i] // []; $mutexes) end),
        through: (.frames | library_call),
        function: (.frames | own_frames[0].function),
        file: (.frames | own_frames[0].file // "" | sub(".*/"; "")),
        path: (.frames | own_frames[0].file),
        line: (.frames | own_frames[0].line),
        frames: (.frames | own_frames)
    }]
}
