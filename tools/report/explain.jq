# One sentence for a finding: which variable, which two accesses, which lock.

def holding:
    if .locks == [] then "holding no lock"
    else "holding " + (.locks | map("`\(.)`") | join(" and ")) end;

def verb: if .operation == "write" then "writes" else "reads" end;

def place:
    if .function == null then "something outside of your code \(verb) it"
    else "\(.function) \(verb) it at \(.file):\(.line)"
        + (if .through then " (in \(.through))" else "" end) end;

def access: "\(place), \(holding)";

def missing:
    (.accesses[0].locks - (.accesses[0].locks - (.accesses[1].locks // []))) as $both
    | if $both != [] then "both hold \($both | map("`\(.)`") | join(" and ")), but not exclusively"
      elif .accesses[0].locks == [] and .accesses[1].locks == [] then "no lock keeps them apart"
      else "no lock is held by both" end;

def kinds: {
    "lock-order-inversion": "two locks are taken in opposite orders: two threads can wait for each other for ever",
    "mutex-bad-unlock": "a mutex is unlocked that this thread has not locked",
    "mutex-double-lock": "a thread locks a mutex that it holds already",
    "mutex-destroy-locked": "a mutex is destroyed while somebody holds it",
    "exit-with-lock": "a thread ends and still holds a lock: nobody else will ever get it",
    "call-failed": "a call of the threads library failed",
    "thread-leak": "a thread is neither joined nor detached",
    "heap-use-after-free": "memory is used after it was freed",
    "signal-unsafe-call": "a signal handler calls a function that is not safe there"
};

if .kind == "data-race" and (.accesses | length) >= 2 then
    "data race on \(.variable): \(.accesses[0] | access), while \(.accesses[1] | access): \(missing)"
else
    kinds[.kind] // "the detector reports: \(.kind)"
end
