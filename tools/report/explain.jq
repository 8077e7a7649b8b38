# One sentence for a finding: which variable, which two accesses, which lock.
#
#     include "explain"; explain

# Where in the program a lock is, tells it from others, and nobody else.
def names: map("`\(sub(" [@+] ?[0-9]+$"; ""))`") | join(" and ");

# A descriptor is closed or used, not written.
def deed($variable):
    if $variable == "a file descriptor" then if .through == "close" then "closes it" else "uses it" end
    else "\(.operation)s it" end;

def library: if .through and .through != "close" then " (in \(.through))" else "" end;

def place($variable):
    if .lines == false then "code of which no line is known (compile it with -g) \(deed($variable))"
    elif .line == null then "something outside of your code \(deed($variable))"
    else "\(.function) \(deed($variable)) at \(.file):\(.line)" + library end;

def held: if .locks == [] then "no lock" else .locks | names end;

# Which lock each of the two holds, and which is missing.
def locks:
    if any(.[0, 1]; .locks == null) then "which locks they hold is not known" else
    (.[0].locks - (.[0].locks - .[1].locks)) as $both
    | if .[0].locks == [] and .[1].locks == [] then "neither holds a lock"
      elif $both != [] then "both hold \($both | names), but not alone"
      else "the first holds \(.[0] | held), the second \(.[1] | held): no lock is held by both" end
    end;

# Where the user's code called: the outermost function in the file where it happened.
def caller:
    .frames as $frames
    | [$frames[] | select(.file == $frames[0].file)] | last
    | "\(.function) at \(.file | sub(".*/"; "")):\(.line)";

def taken: [.accesses[] | select(.frames != []) | caller] | unique | map(" \(.)") | join(" and");

def user: if .line == null then "something uses" else "\(.function) uses at \(.file):\(.line)" end;

def kinds: {
    "lock-order-inversion": ("two locks are taken in opposite orders: two threads can wait for each other for ever"
        + (if (.accesses | length) > 0 then " (see\(taken))" else "" end)),
    "mutex-bad-unlock": "a mutex is unlocked that this thread has not locked",
    "mutex-double-lock": "a thread locks a mutex that it holds already",
    "signal-without-lock": "a condition is signalled while nobody holds the lock that the waiter uses: if what it waits for was not changed under that lock either, the wakeup can get lost",
    "memory-leak": "memory is allocated, and never freed",
    "heap-buffer-overflow": "memory from malloc is used beyond its end",
    "stack-buffer-overflow": "a local variable is used beyond its end",
    "global-buffer-overflow": "a variable is used beyond its end",
    "stack-use-after-scope": "\(.accesses[0] | user) a local variable after its block has ended",
    "stack-use-after-return": "\(.accesses[0] | user) a local variable of a function that has returned",
    "attempting double-free": "memory is freed twice",
    "mutex-destroy-locked": "a mutex is destroyed while somebody holds it",
    "initialized-twice": "what is initialized already is initialized again, and was not destroyed in between",
    "exit-with-lock": "a thread ends and still holds a lock: nobody else will ever get it",
    "call-failed": "a call of the threads library failed",
    "thread-leak": "a thread is neither joined nor detached",
    "crash": "the program crashes",
    "errno-in-signal-handler": "a signal handler changes errno under the code that it interrupts",
    "signal-unsafe-call": "a signal handler calls a function that is not safe there"
};

def freed:
    [.accesses[] | select(.operation == "free")][0] as $free
    | (if .accesses[0].line == null then "memory is used" else
        "\(.accesses[0].function) \(.accesses[0].operation)s memory at \(.accesses[0].file):\(.accesses[0].line)" end)
    + (.accesses[0] | library)
    + if $free.line == null then " after it was freed" else
        " that \($free.function) freed at \($free.file):\($free.line)" end;

# A thread's name begins as it does.
def as_middle($threads):
    if IN(split(" ")[0]; $threads[]) then . else "\(.[:1] | ascii_downcase)\(.[1:])" end;

# What interleave says, each line once. An assertion is named, too.
def sentence:
    ([.interleaving[]?.thread] | unique) as $threads
    | (.sentence // "" | rtrimstr(".") | sub("(?<since> \\(since [^)]*\\)) \\(line [0-9]+\\)$"; "\(.since)")) as $sentence
    | if $sentence == "" then .text
      elif .kind == "assert" then "\(.text): \($sentence | as_middle($threads))"
      else $sentence end;

# ---- a heading ----

def waiting($outcome): [$outcome.interleaving[]? | select(.wrong and (.words | test("^waits"))).thread] | unique;

# Who waits, for what: another one, itself, or somebody who has ended.
def waits($outcome):
    waiting($outcome) as $threads
    | if ($threads | length) > 1 then "\($threads | join(" and ")) wait for each other"
      elif .kind == "mutex-double-lock" or any($outcome.interleaving[]?; .words | test(", which it holds$"))
      then "\($threads[0] // "a thread") waits for itself"
      elif $threads == [] then "threads wait for ever"
      else "\($threads[0]) waits for ever" end;

# What to use in the place of a function of the C library that is at fault itself.
def advice: .sentence // "" | capture("\\(data race\\)\\. (?<advice>.*: (use|call) .*)\\.$").advice // null;

def object($class; $outcome):
    .kind as $kind
    | if $kind == "data-race" and advice != null then ": \(advice)"
      elif .variable != null and (.variable | startswith("memory without") | not) then " on \(.variable | gsub("`"; ""))"
      elif $class == "deadlock" then ": \(waits($outcome))"
      elif $class == "lock order" and (.mutexes // []) != [] then " of \(.mutexes | join(" and "))"
      elif .kind == "misuse" and .tool == "interleave" and .text != null then ": \(.text | gsub("`"; "") | sub("(: |, (which|and) | \\().*"; ""))"
      elif IN($class; "wrong outcome", "crash") and .text != null then ": \(.text | gsub("`"; ""))"
      elif $class == "livelock" then ": \([$outcome.interleaving[]? | select(.wrong).thread][0] // "a thread") comes to no end"
      else {"mutex-bad-unlock": ": unlock of a mutex that is not locked", "exit-with-lock": ": a thread ends with a lock",
            "mutex-destroy-locked": ": a mutex that is in use is destroyed",
            "initialized-twice": ": what is initialized already is initialized again", "call-failed": ": a call that failed",
            "signal-without-lock": ": a signal without the lock", "thread-leak": ": a thread that nobody joins",
            "memory-leak": ": memory that nobody frees", "stack-use-after-return": ": a local variable of a function that has returned", "attempting double-free": ": memory is freed twice",
            "heap-buffer-overflow": ": beyond the end of memory from malloc"}[$kind]
        // (if IN($class; "use after free", "data race") then "" else ": \($kind)" end) end;

def title($class; $outcome): "\($class)\(object($class; $outcome))";

def explain:
    if .kind == "data-race" and advice != null then sentence
    elif .kind == "data-race" and (.accesses | length) >= 2 then
        "data race on \(.variable): \(.variable as $v | .accesses[0] | place($v)) while \(.variable as $v | .accesses[1] | place($v)); \(.accesses | locks)"
    elif .kind == "data-race" then
        "data race on \(.variable): \(.variable as $v | .accesses[0] | place($v)) while another thread uses it; which locks they hold is not known"
    elif .tool == "interleave" then sentence
    elif .kind == "data-race" then "data race on \(.variable)"
    elif .kind == "heap-use-after-free" then freed
    else
        kinds[.kind] // "\(.tool) says: \(.text // .kind | sub("^Thread #[0-9]+:? "; ""))"
    end;
