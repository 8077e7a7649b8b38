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
def whole: .variable // "" | if startswith("`") then any_element | gsub("`"; "") else null end;
def share($list): any(.[]; IN($list[]));

# Whether one half of the pair is not known: DRD names only the second access.
def is_half: .kind == "data-race" and (.accesses | length) == 1;

# ---- which findings are one mistake ----

# Of the whole and a part of it nobody knows that they are two.
def same_variable($a; $b):
    $a == null or $b == null or $a == $b or ($a | startswith($b + ".", $b + "[")) or ($b | startswith($a + ".", $a + "["));

def is_same_race($finding):
    .[0] as $first
    | $first.kind == "data-race" and same_variable($first | whole; $finding | whole)
    and (if ($finding | is_half) and ($first | is_half | not) then ($finding | places) - ($first | places) == []
         else ($first | places) == ($finding | places) end);

def locking: ["lock-order-inversion", "deadlock", "mutex-double-lock"];
def freed: ["heap-use-after-free", "stack-use-after-return", "stack-use-after-scope"];
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

# DRD's half of a race on a variable of which whole ones are known is no new mistake,
# even if nobody else has stood in its line.
def is_rest($finding):
    ($finding | is_half) and (.[0] | .kind == "data-race" and (is_half | not))
    and ($finding | whole) != null and (.[0] | whole) == ($finding | whole);

def is_same($finding):
    if $finding.kind == "data-race" then is_same_race($finding)
    elif $finding.kind == "crash" then .[0].kind == "crash" # it ends the run: there is one
    else is_same_cycle($finding) or is_same_lifetime($finding) or is_same_signal($finding)
        or is_same_call($finding) end;

def grouped:
    reduce .[] as $finding ([];
        [range(length) as $i | select(.[$i] | is_same($finding)) | $i] as $same
        | (if $same != [] then $same else [range(length) as $i | select(.[$i] | is_rest($finding)) | $i][:1] end) as $same
        | if $same == [] then . + [[$finding]]
          else reduce $same[] as $i (.; .[$i] += [$finding]) end);

# ---- what comes of a race ----

# A crash may as well be a mistake of its own.
def is_outcome: .tool == "interleave" and IN(.kind; "assert", "exit", "history", "deadlock", "livelock", freed[]);

# Whether the steps that lead to the outcome go through both places of a race. Who goes
# round and round has come to one of them only.
def goes_through($group):
    ($group | map(places) | add | unique) as $places
    | ($places | length > 0)
    and if .kind == "livelock" then places as $mine | $mine != [] and ($mine - $places == [])
        else $places - [.interleaving[] | place] == [] end;

def attach_outcomes:
    ([.[] | select(length == 1 and (.[0] | is_outcome))] | map(.[0])) as $outcomes
    | [.[] | select(any(.[]; .kind == "data-race"))] as $races
    | [$outcomes[] | select(. as $outcome | any($races[]; . as $race | $outcome | goes_through($race)))] as $taken
    | [.[] | select(. as $group | any($taken[]; [.] == $group) | not)
        | . as $group
        | {members: .,
           outcome: (if any(.[]; .kind == "data-race")
                     then [$taken[] | select(goes_through($group))] | first // null else null end)}];

# ---- one finding ----

def rank: {ThreadSanitizer: 0, interleave: 1, Helgrind: 2, AddressSanitizer: 3, DRD: 4}[.tool];

def has_unknown_locks: .kind == "data-race" and any(.accesses[]; .locks == null);

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

def declared_as($declared):
    if . == null then null
    else gsub("`"; "") as $name
        | (if contains("#") then null else $declared[bare] end) as $known
        | {name: $name, type: null, file: null, line: null}
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

def finding($report):
    .members as $members
    | ([.outcome | values | select(IN(.kind; "heap-use-after-free"))] + $members) as $said
    | (if any($members[]; .kind == "data-race") then [$said[] | select(.kind[:5] != "stack")] else $said end
        | [.[] | class] | strongest_class) as $class
    | ($members | best_name) as $variable
    | ($said | best($class; $variable)) as $best
    | ([$members[].tool, (.outcome | values | .tool), ($report.detectors[] | seen_crash($class))] | unique) as $seen
    | ([.outcome, $members[]] | best_order) as $outcome
    | ($best.accesses | with_allocation($members)) as $accesses
    | {
        class: $class,
        title: ($best | .variable = $variable | title($class; $outcome)),
        sentence: ($best | .variable = ($variable // .variable) | explain),
        variable: ($variable | declared_as($report.declared)),
        accesses: $accesses,
        seen: [$report.detectors[] | select(IN(.name; $seen[])) | .name],
        missed: [$report.detectors[] | select(.state != "absent" and (IN(.name; $seen[]) | not))
            | {name, why: why_missed($class; $members)}],
        outcome: (if $outcome == null then null else $outcome | outcome_of($accesses) end),
        also: ($members | more_places($accesses)),
        read: reading($class; $members; $report.program),
        false_alarm: ($best | false_alarm($report.known; $seen))
      };

# ---- one mistake, many places ----

def same_as($finding):
    .class == "data race" and $finding.class == "data race" and .false_alarm == null and $finding.false_alarm == null
    and .variable.name != null and $finding.variable.name != null
    and same_variable(.variable.name | any_element; $finding.variable.name | any_element);

def places_of: [.accesses[] | select(.line != null) | {function, file, line}];

# Races on one variable are one finding: the one that most have seen in full, of the
# others the places. Who has seen one of them has seen it.
def fold($finding; $order):
    .also += [{places: ($finding | places_of), seen: $finding.seen, races: true}]
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
