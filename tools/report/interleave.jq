# A run that interleave shows (tools/interleave/FORMAT.md), to a finding as
# normalize.jq makes them, and with:
#
#   text          what the runtime says
#   sentence      what happened, as far as the trace shows it
#   interleaving  the steps that matter: who, where, what, and the locks of those who
#                 are accused, without which all would look unlocked

def kinds: {race: "data-race"};

def kind:
    if .text | test("double free") then "attempting double-free"
    elif .text | test("use after free|ha[sd] freed") then "heap-use-after-free"
    elif .text | test(" a local variable of .* has (returned|ended)$") then "stack-use-after-return"
    elif .text | test("heap overflow") then "heap-buffer-overflow"
    elif .text | test("locks .* again") then "mutex-double-lock"
    elif .kind == "misuse" and (.text | test(" unlocks ")) then "mutex-bad-unlock"
    elif .kind == "misuse" and (.text | test(" still holds ")) then "exit-with-lock"
    elif .kind == "misuse" and (.text | test(" initializes .* again:| initializes .* in use since")) then "initialized-twice"
    elif .kind == "misuse" and (.text | test(" destroys ")) then "mutex-destroy-locked"
    elif .kind == "leak" and (.text | test("neither joined")) then "thread-leak"
    elif .kind == "leak" and (.text | test("not freed")) then "memory-leak"
    elif .kind == "deadlock" and (.sentence | test("\\(lost wakeup\\)")) then "lost-wakeup"
    else kinds[.kind] // .kind end;

def operation:
    if test("^free|frees ") then "free" elif test("write|update") then "write" elif test("read") then "read" else "call" end;

# Of a failure only the words say what was done.
def deed: if .deed == "failure" then .words else .deed end;

# Who waits for a condition has given the lock up.
def locks($waits):
    .thread as $thread
    | if any($waits[]; .thread == $thread) and (.words | test("wait")) then null
      else [.held[] | select(.thread == $thread).lock] end;

def access($names; $waits):
    {operation: (deed | operation), thread: $names[.thread], through: null,
     atomic: (.deed | startswith("atomic")), locks: locks($waits),
     function, file, line, frames: [{function, file, line}]};

# A race is about one element, also where a loop comes by others in the same line.
def at_one_element:
    ([.[] | select(.wrong)] | last.variable) as $variable
    | (to_entries | map(select(.value.wrong and .value.variable != $variable).value | {thread, line})) as $others
    | [to_entries[] | select(.value.variable == $variable and ({thread: .value.thread, line: .value.line} | IN($others[]))).key] as $same
    | if $others == [] or $same == [] then . else
        to_entries | map(.key as $key | .value | .wrong = ((.wrong and .variable == $variable) or $key == ($same | last))) end;

# The lines that the sentence names: the last time that the thread which goes wrong was
# there, or else anybody.
def named($sentence; $wrong):
    . as $steps
    | [$sentence | scan("line ([0-9]+)")[0] | tonumber] | unique[]
    | . as $line
    | [$steps[] | select(.line == $line and any($wrong[]; .line == $line and .deed == "failure") == false and .file == $wrong[0].file and (.deed | test("read|write|update")))]
    | ([.[] | select(.thread == $wrong[0].thread)] | last) // last | values;

def freeing($wrong):
    [.[] | select(.deed == "free")] | last | values;

def accused($finding; $kind):
    map(select(.shown)) as $shown
    | [$shown[] | select(.wrong and .line != null)] as $wrong
    | $wrong
      + (if $kind == "heap-use-after-free" then [$shown | freeing($wrong)]
         elif IN($kind; "assert", "exit", "history") and $wrong != [] then [$shown | named($finding.sentence; $wrong)]
         else [] end)
    | unique_by([.thread, .file, .line, (deed | operation)])
    | sort_by([.deed == "free" or ($kind != "heap-use-after-free" and .deed == "failure"), .number]);

def is_locking: IN(.deed; "lock", "unlock", "read-lock", "read-unlock") and (.words | test(", but ") | not);

def name_in_words: .words | capture("(reads|writes) (?<name>(?!behind )[^ ]+)").name // null;

. as $run
| [.threads | sort_by(.number)[].name] as $names
| .finding | values
| . as $finding
| kind as $kind
| ([$run.steps | to_entries[] | .value + {number: .key}] | if $kind == "data-race" then at_one_element else . end) as $steps
| [$steps[] | select(.deed == "wait")] as $waits
| ($steps | accused($finding; $kind)) as $accused
| [$steps[] | select(.shown).thread] as $involved
| ([$accused[] | select(.wrong) | .variable // name_in_words | values] | first // null) as $variable
| {
    tool: "interleave", kind: $kind, sentence,
    text: (.text | gsub("`(?<code>[^`']*)'"; "`\(.code)`")),
    variable: ($variable | if . == null or startswith("\"") then null
        else "`\(sub("^[^ ]+'s "; ""))`" end),
    accesses: [$accused[] | access($names; $waits)],
    schedule: $schedule,
    interleaving: [$steps[]
        | select(.shown or (is_locking and IN(.thread; $involved[])))
        | select(.deed | IN("call", "create", "start") | not)
        | {thread: $names[.thread], file, line, words, wrong, deed}]
  }
