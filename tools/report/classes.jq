# The classes of findings: which kinds belong to them, and what to read.

def classes: {
    "data-race": "data race",
    "lock-order-inversion": "lock order",
    "deadlock": "deadlock", "mutex-double-lock": "deadlock",
    "lost-wakeup": "lost wakeup",
    "livelock": "livelock",
    "heap-use-after-free": "use after free", "stack-use-after-return": "use after free",
    "stack-use-after-scope": "use after free",
    "leak": "leak", "thread-leak": "leak", "memory-leak": "leak", "signal-without-lock": "misuse",
    "crash": "crash",
    "mutex-bad-unlock": "misuse", "mutex-destroy-locked": "misuse", "exit-with-lock": "misuse",
    "initialized-twice": "misuse", "call-failed": "misuse", "misuse": "misuse", "errno-in-signal-handler": "misuse",
    "signal-unsafe-call": "misuse",
    "assert": "wrong outcome", "exit": "wrong outcome", "history": "wrong outcome"
};

# Accesses that belong together and were taken apart.
def is_torn: .sentence // "" | test("\\((lost update|check-then-act|torn read|ABA)\\)");

# Who was woken has not looked again.
def is_stolen: .sentence // "" | test("\\((spurious|stolen) wakeup\\)");

def class:
    if IN(.kind; "assert", "exit", "history") and is_stolen then "stolen wakeup"
    elif IN(.kind; "assert", "exit", "history") and is_torn then "atomicity violation"
    else classes[.kind] // "memory error" end;

# Of one mistake the class that says most.
def strongest_class:
    . as $classes
    | ["use after free", "lost wakeup", "stolen wakeup", "deadlock", "data race", "atomicity violation", "lock order"]
    | map(select(IN(.; $classes[]))) | first // $classes[0];

# What each of them is, in general.
def meaning: {
    "data race": "Two threads use the same memory, at least one of them writes, and nothing orders the two.",
    "atomicity violation": "Another thread comes between two accesses that belong together.",
    "wrong outcome": "In one order of its threads the program fails its own check, or a client is told what is not so.",
    "lock order": "Locks are taken in opposite orders: two threads can wait for each other for ever.",
    "deadlock": "Threads wait for each other, or one waits for itself, and none of them can go on.",
    "lost wakeup": "A thread waits for a signal that was given before it waited.",
    "stolen wakeup": "A thread that was woken does not look again whether what it waited for is there.",
    "livelock": "A thread goes round and round, and what it waits for does not come.",
    "use after free": "Memory is used that has been freed, or a local variable whose function has returned.",
    "leak": "Memory, or what the system keeps of a thread, is never given back.",
    "misuse": "A call is used against its rules.",
    "crash": "The program is ended by a signal.",
    "memory error": "Memory is used beyond its bounds, or freed wrongly."
}[.];

# ---- what to read ----

def lab_for($class):
    {
        "data race": ["06", "06-mutex", "mutual exclusion"],
        "atomicity violation": ["07", "07-atomicity", "locked everywhere, and still wrong"],
        "wrong outcome": ["07", "07-atomicity", "locked everywhere, and still wrong"],
        "lock order": ["08", "08-deadlock", "the order of locks"],
        "deadlock": ["08", "08-deadlock", "the order of locks"],
        "lost wakeup": ["09", "09-pool", "condition variables"],
        "stolen wakeup": ["09", "09-pool", "condition variables"],
        "misuse": ["06", "06-mutex", "mutual exclusion"],
        "use after free": ["10", "10-watch", "the lifetime of shared objects"],
        "leak": ["04", "04-threads", "a thread for each client"]
    }[$class] // ["05", "05-race", "reading the reports"];

# The demo that is most like it.
def demo_for($class; $members):
    ([$members[] | .kind] | unique) as $kinds
    | [$members[].accesses[]?.through // empty] as $calls
    | if any($members[]; .variable == "a file descriptor") then "14-descriptor-reuse"
      elif $class == "deadlock" and ($kinds | contains(["mutex-double-lock"])) then "06-self-deadlock"
      elif $class == "atomicity violation" and any($members[]; .sentence // "" | test("\\(ABA\\)")) then "20-aba"
      elif $class == "wrong outcome" and any($members[].interleaving[]?; .deed == "output") then "19-interleaved-reply"
      elif $class == "data race" and any($members[].interleaving[]?; .deed == "read-lock") then "17-read-lock-write"
      elif $class == "data race" and any($members[]; .variable // "" | test("local variable")) then "04-shared-argument"
      else {
        "data race": "01-lost-update", "atomicity violation": "03-two-locks-one-promise",
        "lock order": "05-abba-deadlock", "deadlock": "05-abba-deadlock",
        "lost wakeup": "07-lost-wakeup", "stolen wakeup": "08-stolen-wakeup", "use after free": "13-use-after-free"
      }[$class] end;

# A demo has its own README, and that says most of it.
def reading($class; $members; $program):
    (if $class == "deadlock" and any($members[]; .sentence // "" | test("signal")) then "lost wakeup" else $class end) as $class
    | ($program | capture("slides/demos/(?<demo>[^/]+)/").demo // null) as $shown
    | [($shown // demo_for($class; $members)) | values | {title: "demo \(.)", path: "slides/demos/\(.)/README.md"}] as $demo
    | (lab_for($class) | {title: "lab \(.[0]): \(.[2])", path: "labs/\(.[1])/README.md"}) as $lab
    | if $shown != null then $demo + [$lab] else [$lab] + $demo end;
