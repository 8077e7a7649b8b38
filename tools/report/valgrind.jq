# What valgrind_findings.c reads, to the form that tsan_findings.c writes. Valgrind
# says in the words of a sentence, and nowhere else, what was done and to what.
# $variables: those of the program, as nm tells them: name, at, size.

# A line of the C library's own is no place in the user's code.
def is_of_the_system: .obj // "" | test("^(/usr)?/lib(32|64|x32|exec)?/");

def frames:
    map({function: (.function // ""), line: (if is_of_the_system then 0 else .line // 0 end),
        file: ([.dir, .file] | map(values) | join("/"))});

def access($thread):
    (.text | capture("by thread #(?<n>[0-9]+)").n // null) as $number
    | {operation: (if .text | test("write|store") then "write" else "read" end),
       thread: ($number // $thread | tostring), frames: (.frames | frames)};

def calls: map(select(.frames != []) | {operation: "call", frames: (.frames | frames)});

def kinds: {
    Race: "data-race", ConflictingAccess: "data-race", LockOrder: "lock-order-inversion",
    UnlockUnlocked: "mutex-bad-unlock", UnlockForeign: "mutex-bad-unlock",
    UnlockBogus: "mutex-bad-unlock", PthAPIerror: "call-failed"
};

def kind:
    .parts[0].text as $text
    | if $text | test("still holds [0-9]+ lock|still locked at thread exit") then "exit-with-lock"
      elif $text | test("dubious: associated lock|has been signaled but") then "signal-without-lock"
      elif $text | test("ecursive locking|lock is already held|re-lock a non-recursive") then "mutex-double-lock"
      elif $text | test("[Rr]einitiali[sz]ation|already initiali[sz]ed") then "initialized-twice"
      elif $text | test("not locked") then "mutex-bad-unlock"
      elif $text | test("[Dd]estr.*locked|locked.*destr") then "mutex-destroy-locked"
      else kinds[.kind] // "misuse" end;

def named($pattern): [.parts[].text | capture($pattern).name] | first // null;

def offset: named("is (?<name>[0-9]+) bytes inside data symbol") | if . == null then null else tonumber end;

def hexadecimal: reduce (ascii_downcase | explode[]) as $digit (0; . * 16 + if $digit > 96 then $digit - 87 else $digit - 48 end);

# A program that may lie anywhere Valgrind puts at 0x108000 (m_ume/elf.c).
def lying_there:
    (named("^Conflicting .* at 0x(?<name>[0-9a-f]+)") // "0" | hexadecimal) as $address
    | [$variables[] | . as $variable
        | ($address, $address - 1081344) - .at
        | select(. >= 0 and . < $variable.size)
        | {type: "global", name: $variable.name, offset: .}] | first;

def location:
    named("(global var|local var|data symbol) \"(?<name>[^\"]+)\"") as $plain
    | named("bytes inside (?<name>[A-Za-z_][A-Za-z_0-9]*[\\[.][^, ]*)") as $part
    | [.parts[] | select(.text | test("inside (a|an?) .*block of size"))][0] as $block
    | if $part != null then {type: "global", name: $part}
      elif $plain != null then {type: "global", name: $plain, offset: offset}
      elif $block != null then {type: "heap", name: "", frames: ($block.frames | frames)}
      else lying_there // {type: "memory", name: ""} end;

def accesses($kind):
    if $kind == "data-race" then
        .thread as $thread
        | [.parts[] | select(.text | test("^(Possible data race|This conflicts|Conflicting)")) | access($thread)]
    else [.parts[] | select(.text | test("first observed|inside|declared") | not)]
        | (if IN($kind; "mutex-bad-unlock", "signal-without-lock", "initialized-twice") then .[:1] else . end) | calls end;

kind as $kind
| {tool: ({helgrind: "Helgrind", drd: "DRD"}[.tool] // .tool), kind: $kind,
   text: .parts[0].text, accesses: accesses($kind), location: location, mutexes: {},
   threads: (if (.name // "") != "" then {(.thread | tostring): .name} else {} end)}
