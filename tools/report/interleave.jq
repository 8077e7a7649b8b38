# A run that interleave shows (tools/interleave/FORMAT.md), to a finding as
# normalize.jq makes them, and with:
#
#   text          what the runtime says
#   sentence      what happened, as far as the trace shows it
#   interleaving  the steps that matter: who, where, what

def kinds: {race: "data-race"};

def kind:
    if .kind == "crash" and (.text | test("use after free|has freed")) then "heap-use-after-free"
    elif .kind == "deadlock" and (.sentence | test("\\(lost wakeup\\)")) then "lost-wakeup"
    else kinds[.kind] // .kind end;

def operation:
    if test("write|update") then "write" elif test("read") then "read" else "call" end;

def access($names):
    .thread as $thread
    | {operation: (.deed | operation), thread: $names[$thread], through: null,
       atomic: (.deed | startswith("atomic")),
       locks: [.held[] | select(.thread == $thread).lock | sub("[.\\[].*"; "")],
       function, file, line, frames: [{function, file, line}]};

. as $run
| [.threads | sort_by(.number)[].name] as $names
| [.steps[] | select(.wrong and .line != null)] as $wrong
| .finding | values
| {
    tool: "interleave", kind: kind, sentence,
    text: (.text | gsub("`(?<code>[^`']*)'"; "`\(.code)`")),
    variable: ([$wrong[].variable | values][0] | if . == null then null else "`\(.)`" end),
    accesses: [$wrong[] | access($names)],
    schedule: $schedule,
    interleaving: [$run.steps[] | select(.shown) | {thread: $names[.thread], file, line, words, wrong}]
  }
