# One sentence for a finding: which variable, which two accesses, which lock.
#
#     include "explain"; explain

def names: map("`\(.)`") | join(" and ");

def place:
    if .line == null then "something outside of your code \(.operation)s it"
    else "\(.function) \(.operation)s it at \(.file):\(.line)"
        + (if .through then " (in \(.through))" else "" end) end;

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

def kinds: {
    "lock-order-inversion": ("two locks are taken in opposite orders: two threads can wait for each other for ever"
        + (if (.accesses | length) > 0 then " (see\(taken))" else "" end)),
    "mutex-bad-unlock": "a mutex is unlocked that this thread has not locked",
    "mutex-double-lock": "a thread locks a mutex that it holds already",
    "mutex-destroy-locked": "a mutex is destroyed while somebody holds it",
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
    + if $free.line == null then " after it was freed" else
        " that \($free.function) freed at \($free.file):\($free.line)" end;

# What interleave says. An assertion is named, too.
def sentence:
    (.sentence // "" | rtrimstr(".")) as $sentence
    | if $sentence == "" then .text
      elif .kind == "assert" then "\(.text): \($sentence[:1] | ascii_downcase)\($sentence[1:])"
      else $sentence end;

def explain:
    if .kind == "data-race" and (.accesses | length) >= 2 then
        "data race on \(.variable): \(.accesses[0] | place) while \(.accesses[1] | place); \(.accesses | locks)"
    elif .kind == "data-race" then
        "data race on \(.variable): \(.accesses[0] | place) while another thread uses it; which locks they hold is not known"
    elif .tool == "interleave" then sentence
    elif .kind == "heap-use-after-free" then freed
    else
        kinds[.kind] // "the detector reports: \(.text // .kind)"
    end;
