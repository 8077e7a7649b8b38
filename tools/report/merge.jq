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
include "false_alarms";
include "names";
include "outcomes";
include "same";
include "subject";

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
