# The classes of findings: which kinds belong to them, why a detector does not see
# them, and what to read.

def classes: {
    "data-race": "data race",
    "lock-order-inversion": "lock order",
    "deadlock": "deadlock", "mutex-double-lock": "deadlock",
    "lost-wakeup": "lost wakeup",
    "livelock": "livelock",
    "heap-use-after-free": "use after free", "stack-use-after-return": "use after free",
    "stack-use-after-scope": "use after free",
    "leak": "leak", "thread-leak": "leak",
    "crash": "crash",
    "mutex-bad-unlock": "misuse", "mutex-destroy-locked": "misuse", "exit-with-lock": "misuse",
    "call-failed": "misuse", "misuse": "misuse", "errno-in-signal-handler": "misuse",
    "signal-unsafe-call": "misuse",
    "assert": "wrong outcome", "exit": "wrong outcome", "history": "wrong outcome"
};

# Accesses that belong together and were taken apart.
def is_torn: .sentence // "" | test("\\((lost update|check-then-act|torn read|ABA)\\)");

def class:
    if IN(.kind; "assert", "exit", "history") and is_torn then "atomicity violation"
    else classes[.kind] // "memory error" end;

# Of one mistake the class that says most.
def strongest_class:
    . as $classes
    | ["use after free", "deadlock", "data race", "atomicity violation", "lock order"]
    | map(select(IN(.; $classes[]))) | first // $classes[0];

# ---- why it was not seen ----

def sees_one_run:
    "it judges the one run that it saw, and there something ordered the two by chance";

def no_race: "no access races: each is under a lock or atomic, and no race detector can know which of them belong together";

def looks_at: {
    "crash": {
        ThreadSanitizer: "a crash is none of its business",
        AddressSanitizer: "in the run that it saw nothing crashed"
    },
    "data race": {
        ThreadSanitizer: sees_one_run, Helgrind: sees_one_run,
        DRD: "it judges the one run that it saw; threads that are switched rarely, as under Valgrind, meet less often",
        AddressSanitizer: "it looks at memory that is used wrongly, not at threads",
        interleave: "it stops at the first race that it finds: mend that one, and ask again"
    },
    "atomicity violation": {
        ThreadSanitizer: no_race, Helgrind: no_race, DRD: no_race,
        AddressSanitizer: "no memory is used wrongly"
    },
    "wrong outcome": {
        ThreadSanitizer: no_race, Helgrind: no_race, DRD: no_race,
        AddressSanitizer: "no memory is used wrongly"
    },
    "lock order": {
        ThreadSanitizer: "it must see both orders in one run",
        Helgrind: "it must see both orders in one run",
        DRD: "it does not look at the order of locks",
        AddressSanitizer: "it does not look at locks",
        interleave: "it looks for threads that do wait for each other, and met none in the orders that it tried"
    },
    "deadlock": {
        ThreadSanitizer: "it reports locks that are taken in two orders, if it sees both in one run; a thread that waits is none of its business",
        Helgrind: "it reports locks that are taken in two orders, if it sees both in one run; a thread that waits is none of its business",
        DRD: "it does not look at the order of locks",
        AddressSanitizer: "it does not look at locks",
        interleave: "in the orders that it tried nobody waits for ever"
    },
    "lost wakeup": {
        ThreadSanitizer: "no access races, and a thread that waits is none of its business",
        Helgrind: "no access races, and a thread that waits is none of its business",
        DRD: "no access races, and a thread that waits is none of its business",
        AddressSanitizer: "it does not look at threads"
    },
    "use after free": {
        ThreadSanitizer: sees_one_run,
        Helgrind: "it looks at races, and knows nothing of memory that is freed",
        DRD: "it looks at races, and knows nothing of memory that is freed",
        AddressSanitizer: "in the run that it saw the memory was used before it was freed",
        interleave: "in the orders that it tried the memory was used before it was freed"
    }
};

def why_missed($class; $members):
    if .state == "incomplete" then "it did not come to its end: \(.reason)"
    elif .name == "Helgrind" and any($members[].accesses[]?; .atomic == true) then
        "it does not understand C11 atomics, and does not report what it takes for one"
    elif .name == "interleave" and .findings == [] then "in the orders that it tried nothing went wrong"
    else looks_at[$class][.name] // "it does not look for that, or did not meet it in its run" end;

# ---- what to read ----

def reading($class):
    {
        "data race": [["06", "06-mutex", "mutual exclusion"], "01-lost-update"],
        "atomicity violation": [["07", "07-atomicity", "locked everywhere, and still wrong"], "03-two-locks-one-promise"],
        "wrong outcome": [["07", "07-atomicity", "locked everywhere, and still wrong"], "19-interleaved-reply"],
        "lock order": [["08", "08-deadlock", "the order of locks"], "05-abba-deadlock"],
        "deadlock": [["08", "08-deadlock", "the order of locks"], "05-abba-deadlock"],
        "lost wakeup": [["09", "09-pool", "condition variables"], "07-lost-wakeup"],
        "use after free": [["10", "10-watch", "the lifetime of shared objects"], "13-use-after-free"],
        "leak": [["04", "04-threads", "a thread for each client"], null]
    }[$class] // [["05", "05-race", "reading the reports"], null]
    | [(.[0] | {title: "lab \(.[0]): \(.[2])", path: "labs/\(.[1])/README.md"}),
       (.[1] | values | {title: "demo \(.)", path: "slides/demos/\(.)/README.md"})];
