# Why a detector has not seen what another one has: by what it looks for, and by how it
# looks. Whoever looks for it has not met it.

def sees_one_run:
    "it judges the one run that it saw, and there something ordered the two by chance";

def none_of_its_business: "a thread that waits is none of its business";

def no_race: "no access races, and no race detector can know which of them belong together";

def no_lock_order: "it reports locks that are taken in two orders, if it sees both in one run; \(none_of_its_business)";

def race_detectors($why): {ThreadSanitizer: $why, Helgrind: $why, DRD: $why};

# What there is to say of a class, or of a kind within it.
def excuses: {
    "data race": (race_detectors(sees_one_run)
        + {DRD: "it judges the one run that it saw; threads that are switched rarely, as under Valgrind, meet less often"}),
    "library": race_detectors("it does not look at what the C library keeps inside"),
    "descriptor": ({ThreadSanitizer: sees_one_run} + ({Helgrind: 1, DRD: 1} | map_values("it watches memory, not file descriptors"))),
    "atomicity violation": race_detectors(no_race),
    "stolen wakeup": race_detectors("no access races, and what a woken thread has to look at it cannot know"),
    "wrong outcome": race_detectors(no_race),
    "output": race_detectors("no memory races: what gets mixed up are whole calls, and no race detector can know which of them belong together"),
    "lock order": {
        ThreadSanitizer: "it must see both orders in one run",
        Helgrind: "it must see both orders in one run",
        DRD: "it does not look at the order of locks"
    },
    "deadlock": {ThreadSanitizer: no_lock_order, Helgrind: no_lock_order, DRD: "it does not look at the order of locks"},
    "self-deadlock": race_detectors("in the run that it saw no thread locked again what it held"),
    "lost wakeup": race_detectors("in the run that it saw the wakeup came; \(none_of_its_business)"),
    "livelock": race_detectors("it looks at accesses; whether a loop ends is none of its business"),
    "use after free": {
        ThreadSanitizer: "in the run that it saw the memory was used before it was freed",
        Helgrind: "it looks at races, and knows nothing of memory that is freed",
        DRD: "it looks at races, and knows nothing of memory that is freed",
        AddressSanitizer: "in the run that it saw the memory was used before it was freed"
    },
    "crash": (race_detectors("in the run that it saw nothing crashed")
        + {AddressSanitizer: "in the run that it saw nothing crashed"})
};

# Who looks for it at all, of what needs no more than one word.
def watchers: {
    "mutex-bad-unlock": ["ThreadSanitizer", "Helgrind", "DRD"],
    "mutex-destroy-locked": ["ThreadSanitizer", "Helgrind", "DRD"],
    "exit-with-lock": ["Helgrind", "DRD"], "initialized-twice": ["Helgrind", "DRD"], "call-failed": ["Helgrind"],
    "signal-without-lock": ["Helgrind", "DRD"],
    "thread-leak": ["ThreadSanitizer"], "memory-leak": ["AddressSanitizer"],
    "heap-buffer-overflow": ["AddressSanitizer"], "attempting double-free": ["AddressSanitizer"]
};

# What a function of the C library keeps for all threads: only interleave knows of it.
def is_of_the_library: .sentence // "" | test("\\(data race\\)\\. .*: (use|call) ");

def subject($class; $members):
    if $class == "data race" and any($members[]; is_of_the_library) then "library"
    elif any($members[]; .variable == "a file descriptor") then "descriptor"
    elif $class == "deadlock" and any($members[]; .kind == "mutex-double-lock") then "self-deadlock"
    elif $class == "wrong outcome" and any($members[].interleaving[]?; .deed == "output") then "output"
    else $class end;

def not_met($kind): if IN(.name; watchers[$kind] // [] | .[]) then "in the run that it saw it did not happen" else
    {AddressSanitizer: "it looks at memory that is used wrongly, not at threads"}[.name] // "it does not look for that" end;

def why_missed($class; $members):
    if .name == "AddressSanitizer" and any($members[]; .tool == "AddressSanitizer") then
        "it sees a local variable that is used after its block has ended, and no race"
    elif .state == "incomplete" then "it did not come to its end: \(.reason)"
    elif .name == "Helgrind" and any($members[].accesses[]?; .atomic == true) then
        "it does not understand C11 atomics"
    elif .name == "interleave" and .findings == [] then "in the orders that it tried nothing went wrong"
    elif .name == "interleave" then "it stops at the first mistake that it finds: mend that one, and ask again"
    else excuses[subject($class; $members)][.name] // not_met($members[0].kind) end;
