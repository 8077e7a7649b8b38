# A detector's report, as it writes it, to a finding. For ThreadSanitizer, `held` has
# the locks of its accesses.
#
# A finding:
#   tool, kind       "ThreadSanitizer", "data-race"
#   variable         its name, or what kind of memory it is
#   offset, at       how many bytes behind the variable's beginning the access was, or
#                    where in the program; null: not known. A lock is `NAME @AT` then
#   mutexes          the names of the locks that it is about
#   text             what the detector says, where its kinds do not say it all
#   accesses         operation, thread, locks (names; null: not known), function, file, path, line:
#                    the first place in the user's own code; `through`: the library
#                    function that was called there, if it was not the code itself;
#                    `frames`: that place and its callers in the user's code. If a
#                    report is about no access, the calls that it is about

def own_frames:
    map(select(.line > 0
        and (.function | startswith("__interceptor_") | not)
        and (.file | test("libsanitizer|sysdeps|/nptl/|^/usr/|^\\.\\./|^\\./(csu|debug|elf|io|libio|malloc|misc|nptl|posix|signal|socket|stdio-common|stdlib|string|time|wcsmbs)/|vgpreload|pthread_create\\.c$|\\.S$") | not)));

# What the code called: the last function before it that is not its own.
def library_call:
    (own_frames[0]) as $own
    | (if $own == null then .[0] else (index([$own]) as $at | if $at == 0 then null else .[$at - 1] end) end) as $call
    | if $call == null then null else
        $call.function | sub("^__interceptor_"; "") | sub("@.*"; "") | sub("^__"; "") | sub("_(sse|avx|evex)[0-9a-z_]*$"; "") end;

# gcc's name for a static variable of a function has a number.
def as_written: sub("\\.[0-9]+(?<rest>$| [@+])"; "\(.rest)");

def lock_names($held; $mutexes):
    $held | map(. as $id | $mutexes[.] // "" | if . == "" then "\($id), which has no name" else as_written end) | unique;

def variable:
    if (.location.name // "") != "" then "`\(.location.name | as_written)`"
    elif .location.type == "stack" then "a local variable" + (.location.thread | if . == null then "" elif . == 0 then " of main" else " of thread T\(.)" end)
    elif .location.type == "heap" then
        (.location.frames // [] | own_frames[0]) as $place
        | "memory from malloc" + if $place == null then "" else " at \($place.file | sub(".*/"; "")):\($place.line)" end
    elif .location.type == "fd" then "a file descriptor"
    else "memory without a name" end;

# As interleave calls them: main, T1, T2. Valgrind counts from 1.
def thread_name($threads; $tool):
    if . == null then null
    elif ($threads[tostring] // "") != "" then $threads[tostring]
    else (tonumber - if IN($tool; "Helgrind", "DRD") then 1 else 0 end) as $number
        | if $number == 0 then "main" else "T\($number)" end end;

# Who frees memory that is used is reported as one who writes it.
def operation($kind): if $kind == "heap-use-after-free" and (.frames | library_call) == "free" then "free" else .operation end;

def normalize:
    [., (.mutexes // {}), (.threads // {})] as [$report, $mutexes, $threads]
    | {
        tool, text,
        kind: (.kind | if IN("null-deref", "SEGV", "FPE", "BUS", "ILL", "ABRT") then "crash" else . end),
        variable: variable, offset: .location.offset, at: .location.at,
        mutexes: [$mutexes[] | select(. != "") | as_written],
        accesses: [.accesses | to_entries[] | .key as $i | .value | {
            operation: operation($report.kind), atomic: (.atomic // false),
            thread: (.thread | thread_name($threads; $report.tool)),
            locks: (if IN(.operation; "call", "create") then null
                    else lock_names(.lock_addresses // $report.held[$i] // []; $mutexes) end),
            through: (.frames | library_call | if . == "" then null else . end),
            function: (.frames | own_frames[0].function),
            lines: (.frames | any(.line > 0)),
            file: (.frames | own_frames[0].file // "" | sub(".*/"; "")),
            path: (.frames | own_frames[0].file),
            line: (.frames | own_frames[0].line),
            frames: (.frames | own_frames)
        }]
    };
