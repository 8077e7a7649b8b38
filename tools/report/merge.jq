# What all detectors found, to one report. What is one mistake is one finding, whoever
# saw it.
#
# Input: program (what is shown), sources (name: {path, text}), declared (declared.c),
# detectors (detectors.bash: state.json with findings), known (false_alarms.txt).
#
# Output: the same without declared and known, the detectors without their findings,
# and findings, each with:
#
#   title      what it is, in a few words: "data race on sold"
#   class      data race, atomicity violation, lock order, deadlock, ... (classes.jq)
#   sentence   what is wrong (explain.jq)
#   variable   name, type, file, line; null: it is about none
#   accesses   as normalize.jq makes them
#   seen       the detectors that saw it, by their names
#   missed     those that looked and did not: name, why
#   outcome    what interleave has seen come of it: text, sentence, interleaving,
#              schedule; or null
#   also       more places of the same: function, file, line; and who saw them
#   read       what to read: title, path
#   false_alarm  why it is none; null: it is one

include "classes";
include "explain";
include "excuses";
include "names";

def place: "\(.file):\(.line)";
def places: [.accesses[] | select(.line != null) | place] | unique;
def all_places: [.accesses[].frames[]? | select(.line != null) | "\(.file | sub(".*/"; "")):\(.line)"] | unique;
def base: .variable // "" | if startswith("`") then bare else null end;

# What it is about, as far as that can be told from something else: kind (variable,
# heap; null: not known), and its name, if it has one. Of memory from malloc only
# interleave knows a name.
def subject:
    .variable // ""
    | if startswith("memory from malloc") then {kind: "heap", name: null}
      elif startswith("`") and contains("#") then {kind: "heap", name: (any_element | gsub("`"; ""))}
      elif startswith("`") then {kind: "variable", name: (any_element | gsub("`"; ""))}
      else {kind: null, name: null} end;
def share($list): any(.[]; IN($list[]));

# Whether one half of the pair is not known: DRD names only the second access.
def is_half: .kind == "data-race" and (.accesses | length) == 1;

# ---- which findings are one mistake ----

# Of the whole and a part of it nobody knows that they are two.
def is_same_name($a; $b):
    $a == null or $b == null or $a == $b or ($a | startswith($b + ".", $b + "[")) or ($b | startswith($a + ".", $a + "["));

def same_subject($a; $b):
    ($a.kind == null or $b.kind == null or $a.kind == $b.kind) and is_same_name($a.name; $b.name);

def is_same_race($finding):
    .[0] as $first
    | $first.kind == "data-race" and same_subject($first | subject; $finding | subject)
    and (if ($finding | is_half) and ($first | is_half | not) then ($finding | places) - ($first | places) == []
         else ($first | places) == ($finding | places) end);

def locking: ["lock-order-inversion", "deadlock", "mutex-double-lock"];
def freed: ["heap-use-after-free", "attempting double-free", "stack-use-after-return", "stack-use-after-scope"];
def place_of_freeing: [.accesses[] | select(.operation == "free") | place] | first // null;

def is_same_cycle($finding):
    IN(.[0].kind; locking[]) and IN($finding.kind; locking[])
    and (map(all_places) | add | share($finding | all_places));

# A use after free is also a race of the use with the freeing. Of a variable on the
# stack that is gone, only the use is known.
def is_same_lifetime($finding):
    IN($finding.kind; freed[])
    and ((map(places) | add | unique) as $mine
    | ($finding | places) as $others
    | ($finding | place_of_freeing) as $freeing
    | ($others - ($others - $mine) | length) >= 2
        or ($finding.kind[:5] == "stack" and .[0].kind == "data-race" and $others != [] and $others - $mine == [])
        or (IN(.[0].kind; freed[])
            and ((.[0].accesses[0] | place) == ($finding.accesses[0] | place)
                or ($freeing != null and any(.[]; place_of_freeing == $freeing)))));

# A signal that nobody hears, and that it is given without the lock.
def is_same_signal($finding):
    (["lost-wakeup", "signal-without-lock"] | contains([$finding.kind]))
    and IN(.[0].kind; "lost-wakeup", "signal-without-lock")
    and (map(places) | add | share($finding | places));

# About what happens at one place, and not about two accesses.
def is_same_call($finding):
    .[0].kind == $finding.kind
    and ((.[0] | places) == ($finding | places)
        or (IN($finding.kind; "mutex-bad-unlock", "memory-leak", "thread-leak", "heap-buffer-overflow")
            and (.[0].accesses[0] // {} | place) == ($finding.accesses[0] // {} | place)));

# Behind a wrong unlock Valgrind's tools take locks for held that are not.
def comes_of_unlock($finding):
    any(.[]; .kind == "mutex-bad-unlock") and IN($finding.tool; "Helgrind", "DRD")
    and IN($finding.kind; "mutex-double-lock", "exit-with-lock");

# DRD's half of a race on a variable of which whole ones are known is no new mistake,
# even if nobody else has stood in its line.
def is_rest($finding):
    ($finding | is_half) and (.[0] | .kind == "data-race" and (is_half | not))
    and ($finding | subject.name) != null and (.[0] | subject) == ($finding | subject);

def is_same($finding):
    if $finding.kind == "data-race" then is_same_race($finding)
    elif $finding.kind == "crash" then .[0].kind == "crash" # it ends the run: there is one
    else is_same_cycle($finding) or is_same_lifetime($finding) or is_same_signal($finding)
        or is_same_call($finding) or comes_of_unlock($finding) end;

def grouped:
    reduce .[] as $finding ([];
        [range(length) as $i | select(.[$i] | is_same($finding)) | $i] as $same
        | (if $same != [] then $same else [range(length) as $i | select(.[$i] | is_rest($finding)) | $i][:1] end) as $same
        | if $same == [] then . + [[$finding]]
          # Whoever uses the place of a local variable that is gone races with its use.
          elif ($finding.kind | startswith("stack-use-after")) then
              [to_entries[] | select(IN(.key; $same[]) | not).value] + [[.[$same[]][]] + [$finding]]
          else reduce $same[] as $i (.; .[$i] += [$finding]) end);

# ---- what comes of a race ----

def is_outcome:
    .tool == "interleave" and IN(.kind; "assert", "exit", "history", "deadlock", "livelock", "crash", "heap-buffer-overflow", freed[]);

# A crash, or a loop without an end, may as well be a mistake of its own: unless it is
# about the variable that races.
def is_about($group): ($group | map(base) | map(values)) as $names
    | (IN(.kind; "crash", "heap-buffer-overflow", "livelock") | not)
      or (.sentence | test("#[0-9]")) and any($group[]; subject.kind == "heap")
      or (base as $base | $base != null and IN($base; $names[]))
      or ([.sentence, (select(.kind == "livelock").interleaving[].words)] | join(" ") as $said
          | any($names[]; . as $name | $said | test("\\b\($name)\\b")));

# Whether the steps that lead to the outcome go through both places of a race. Who goes
# round and round has come to one of them only.
def goes_through($group):
    ($group | map(places) | add | unique) as $places
    | ($places | length > 0) and is_about($group)
    and if .kind == "livelock" then places as $mine | $mine != [] and ($mine - $places == [])
        else $places - [.interleaving[] | place] == [] end;

def attach_outcomes:
    ([.[] | select(length == 1 and (.[0] | is_outcome))] | map(.[0])) as $outcomes
    | [.[] | select(any(.[]; .kind == "data-race"))] as $races
    | [$outcomes[] | . as $outcome
        | {outcome: ., first: ([$races[] | . as $race | select($outcome | goes_through($race))] | first)} | select(.first != null)] as $taken
    | [.[] | select(. as $group | any($taken[]; [.outcome] == $group) | not)
        | . as $group
        | {members: .,
           outcome: (if any(.[]; .kind == "data-race")
                     then [$taken[] | select(if IN(.outcome.kind; freed[]) then .first == $group else .outcome | goes_through($group) end)]
                         | first.outcome // null
                     else null end)}];

# ---- one finding ----

def rank: {ThreadSanitizer: 0, interleave: 1, Helgrind: 2, AddressSanitizer: 3, DRD: 4}[.tool];

def has_unknown_locks:
    .kind == "data-race" and any(.accesses[]; .locks == null or any(.locks[]; endswith("which has no name")));

# Of several that say the same, the one that says most of it, of this variable.
def best($wanted; $variable):
    sort_by([(class != $wanted), ($variable != null and .variable != $variable), (.accesses[0].line == null),
        has_unknown_locks, rank]) | first;

# One element throughout: of which an order is known, if there is one. Of memory from
# malloc only interleave knows a name.
def best_name:
    [.[] | select(.tool == "interleave" and .variable != null)] as $known
    | if $known != [] then $known[0].variable else
        [.[].variable | values | select(startswith("memory without") | not)]
        | sort_by([(startswith("`") | not), -length]) | first // null end;

# A block from malloc has no type that is known everywhere: where it comes from.
def declared_as($declared; $members):
    if . == null then null
    else gsub("`"; "") as $name
        | (if contains("#") then null else $declared[bare] end) as $known
        | ([$members[].variable | select(. != null and startswith("memory from malloc at")) | ltrimstr("memory ")] | first) as $from
        | {name: $name, type: (if contains("#") then $from else null end), file: null, line: null}
        + if $known == null then {} else
            {type: (($known | part_called($name)) // null), file: $known.file, line: $known.line} end end;

# What interleave has seen, the end of it first, if it can show it.
def best_order:
    [.[] | values | select(.tool == "interleave" and .interleaving != null)]
    | sort_by(.interleaving == []) | first;

def outcome_of($accesses):
    ([$accesses[] | select(.line != null) | place]) as $accused
    | {text, sentence, interleaving: [.interleaving[] | .accused = (.wrong or IN(place; $accused[]))], schedule};

# Who has allocated what is used after it was freed, if anybody has said so.
def with_allocation($members):
    if $members[0].kind != "heap-use-after-free" or any(.[]; .operation == "allocate") then .
    else . + [[$members[].accesses[] | select(.operation == "allocate" and .line != null)][:1][]] end;

# Further places: uses of what was freed, once more.
def more_places($accesses):
    [.[] | select(IN(.kind; "heap-use-after-free")) | {seen: [.tool], places: [.accesses[:1][] | select(.line != null and (IN(place; $accesses[] | place) | not)) | {function, file, line}]}]
    | map(select(.places != [])) | group_by(.places) | map({places: .[0].places, seen: (map(.seen[]) | unique), races: false});

# A crash ends the program: who looked at it while it did, has seen it.
def seen_crash($class): select($class == "crash" and (.reason // "" | test("signal SIG(SEGV|BUS|FPE|ILL|ABRT)"))).name;

# Why this is no mistake of the program, if all who saw it are known to err here.
def false_alarm($known; $seen):
    . as $finding
    | def covers: .kind == $finding.kind
        and (.variable == "*" or .variable == ($finding | base))
        and (.file as $file | $file == "*" or any($finding.accesses[].path // ""; endswith($file)));
      [$seen[] as $tool | [$known[] | select(.detector == $tool and covers).reason] | first // null]
    | if length > 0 and all(. != null) then .[0] else null end;

# What a detector does not understand, and those that do have looked to their end and
# found nothing at all: interleave in all orders that it tried.
def found_nothing($name): any(.detectors[]; .name == $name and .state == "complete" and .findings == []);

def uses($words): any(.sources[].text; test($words));

def prints: ["printf", "fprintf", "vprintf", "vfprintf", "puts", "fputs", "putchar", "putc", "fputc", "fwrite", "fflush", "perror"];

def false_alarm_by_kind($report; $seen):
    if $seen == ["DRD"] and .kind == "data-race" and .variable == "memory without a name" and IN(.accesses[0].through; prints[]) then
        "the C library has a lock for each file, which DRD does not see."
    elif ($seen - ["Helgrind", "DRD"]) != [] or ($report | found_nothing("interleave") and found_nothing("ThreadSanitizer") | not) then null
    elif .kind == "data-race" and ($report | uses("\\b(_Atomic|atomic_|__atomic_|__sync_)")) then
        "\($seen | join(" and ")) \(if ($seen | length) > 1 then "do" else "does" end) not understand C11 atomics, nor what they order. ThreadSanitizer and interleave do, and find nothing."
    elif .kind == "data-race" and ($report | uses("\\b(pthread_once|call_once)\\b")) then
        "\($seen | join(" and ")) \(if ($seen | length) > 1 then "do" else "does" end) not know that who comes to pthread_once() later comes behind whoever was there first. ThreadSanitizer and interleave do, and find nothing."
    elif .kind == "signal-without-lock" then
        "it is allowed to signal without the lock, and interleave has found no order of the threads in which a wakeup gets lost."
    else null end;

def finding($report):
    .members as $members
    | (if any($members[]; .kind == "data-race") then [$members[] | select(.kind != "stack-use-after-scope")]
       elif any($members[]; .kind == "mutex-bad-unlock") then [$members[] | select(.kind == "mutex-bad-unlock")]
       else $members end) as $said
    | ([$said[] | class] | strongest_class) as $class
    | ($said | best($class; $members | best_name)) as $best
    | (if $best.kind[:5] == "stack" then null else $members | best_name end) as $variable
    | ([($members[] | select((.kind != "stack-use-after-scope" or $class != "data race")).tool), (.outcome | values | .tool), ($report.detectors[] | seen_crash($class))] | unique) as $seen
    | ([.outcome, $members[]] | best_order) as $outcome
    | ($best.accesses | with_allocation($members)) as $accesses
    | {
        class: $class,
        title: ($best | .variable = $variable | title($class; $outcome)),
        sentence: ($best | .variable = ($variable // .variable) | explain),
        variable: ($variable | declared_as($report.declared; $members)),
        accesses: $accesses,
        seen: [$report.detectors[] | select(IN(.name; $seen[])) | .name],
        missed: [$report.detectors[] | select(.state != "absent" and (IN(.name; $seen[]) | not))
            | {name, why: why_missed($class; $members)}],
        outcome: (if $outcome == null then null else $outcome | outcome_of($accesses) end),
        also: ($members | more_places($accesses)),
        read: reading($class; $members; $report.program),
        false_alarm: ($best | false_alarm($report.known; $seen) // false_alarm_by_kind($report; $seen))
      };

# ---- one mistake, many places ----

# As a detector names it.
def as_variable: .variable.name | if startswith("memory ") then . else "`\(.)`" end;

def same_as($finding):
    .class == "data race" and $finding.class == "data race" and .false_alarm == null and $finding.false_alarm == null
    and .variable.name != null and $finding.variable.name != null
    and same_subject({variable: as_variable} | subject; {variable: ($finding | as_variable)} | subject)
    and ((any(., $finding; .variable.name | startswith("memory from malloc")) | not)
        or .variable.name == $finding.variable.name
        or ([.accesses[] | place] as $mine | any($finding.accesses[]; IN(place; $mine[]))));

def places_of: [.accesses[] | select(.line != null) | {function, file, line}];

# Races on one variable are one finding: the one that most have seen in full, of the
# others the places. Who has seen one of them has seen it.
def fold($finding; $order):
    .also += [{places: ($finding | places_of), seen: $finding.seen, races: (($finding.accesses | length) > 1)}]
    | (.seen + $finding.seen) as $seen
    | .seen = [$order[] | select(IN($seen[]))]
    | .missed |= map(select(IN(.name; $seen[]) | not));

def folded($order):
    reduce .[] as $finding ([];
        ([range(length) as $i | select(.[$i] | same_as($finding)) | $i] | first) as $at
        | if $at == null then . + [$finding] else .[$at] |= fold($finding; $order) end);

. as $report
| {version: 1, program, sources,
   detectors: [.detectors[] | del(.findings)],
   findings: ([.detectors[].findings[] | with_names($report.declared)] | sort_by([is_half, rank]) | grouped | attach_outcomes
       | map(finding($report)) | sort_by([.false_alarm != null, -(.seen | length)]) | folded([$report.detectors[].name]))}
