# What all detectors found, to one report. What is one mistake is one finding, whoever
# saw it.
#
# Input: program (what is shown), sources (name: {path, text}), declared (declared.c),
# detectors (detectors.bash: state.json with findings), known (false_alarms.txt).
#
# Output: the same without declared and known, the detectors without their findings,
# and findings, each with:
#
#   class      data race, atomicity violation, lock order, deadlock, ... (classes.jq)
#   sentence   what is wrong (explain.jq)
#   variable   name, type, file, line; null: it is about none
#   accesses   as normalize.jq makes them
#   seen       the detectors that saw it, by their names
#   missed     those that looked and did not: name, why
#   outcome    what interleave has seen come of it: text, sentence, interleaving,
#              schedule; or null
#   read       what to read: title, path
#   false_alarm  why it is none; null: it is one

include "classes";
include "explain";

def place: "\(.file):\(.line)";
def places: [.accesses[] | select(.line != null) | place] | unique;
def all_places: [.accesses[].frames[]? | select(.line != null) | "\(.file | sub(".*/"; "")):\(.line)"] | unique;
def base: .variable // "" | if startswith("`") then ltrimstr("`") | sub("[`.\\[#].*"; "") else null end;
def share($list): any(.[]; IN($list[]));

# Whether one half of the pair is not known: DRD names only the second access.
def is_half: .kind == "data-race" and (.accesses | length) == 1;

# ---- which findings are one mistake ----

def same_variable($a; $b): $a == null or $b == null or $a == $b;

def is_same_race($finding):
    .[0] as $first
    | $first.kind == "data-race" and same_variable($first | base; $finding | base)
    and (if ($finding | is_half) and ($first | is_half | not) then ($finding | places) - ($first | places) == []
         else ($first | places) == ($finding | places) end);

def locking: ["lock-order-inversion", "deadlock", "mutex-double-lock"];
def freed: ["heap-use-after-free", "stack-use-after-return"];

def is_same_cycle($finding):
    IN(.[0].kind; locking[]) and IN($finding.kind; locking[])
    and (map(all_places) | add | share($finding | all_places));

# A use after free is also a race of the use with the freeing.
def is_same_lifetime($finding):
    IN($finding.kind; freed[])
    and ((map(places) | add | unique) as $mine
    | ($finding | places) as $others
    | ($others - ($others - $mine) | length) >= 2
        or (IN(.[0].kind; freed[]) and (.[0].accesses[0] | place) == ($finding.accesses[0] | place)));

# DRD's half of a race on a variable of which whole ones are known is no new mistake,
# even if nobody else has stood in its line.
def is_rest($finding):
    ($finding | is_half) and (.[0] | .kind == "data-race" and (is_half | not))
    and ($finding | base) != null and (.[0] | base) == ($finding | base);

def is_same($finding):
    if $finding.kind == "data-race" then is_same_race($finding)
    elif $finding.kind == "crash" then .[0].kind == "crash" # it ends the run: there is one
    else is_same_cycle($finding) or is_same_lifetime($finding)
        or (.[0].kind == $finding.kind and (.[0] | places) == ($finding | places)) end;

def grouped:
    reduce .[] as $finding ([];
        [range(length) as $i | select(.[$i] | is_same($finding)) | $i] as $same
        | (if $same != [] then $same else [range(length) as $i | select(.[$i] | is_rest($finding)) | $i][:1] end) as $same
        | if $same == [] then . + [[$finding]]
          else reduce $same[] as $i (.; .[$i] += [$finding]) end);

# ---- what comes of a race ----

# A crash or an endless loop may as well be a mistake of its own.
def is_outcome: .tool == "interleave" and IN(.kind; "assert", "exit", "history", "deadlock", freed[]);

# Whether the steps that lead to the outcome go through both places of a race.
def goes_through($group):
    ($group | map(places) | add | unique) as $places
    | ($places | length > 0) and ($places - [.interleaving[] | place] == []);

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

# Of several that say the same, the one that says most of it.
def best($wanted): sort_by([(class != $wanted), rank]) | first;

# The variable by the name that says most: of memory from malloc only interleave
# knows one.
def best_name:
    [.[].variable | values | select(startswith("memory without") | not)]
    | sort_by([(startswith("`") | not), -length]) | first // null;

def declared_as($declared):
    if . == null then null
    else (if contains("#") then {} else $declared[ltrimstr("`") | sub("[`.\\[].*"; "")] // {} end) as $known
        | {name: gsub("`"; ""), type: null, file: null, line: null} + $known end;

def outcome_of: {text, sentence, interleaving, schedule};

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
    | ([.outcome | values | select(IN(.kind; freed[]))] + $members) as $said
    | ([$said[] | class] | strongest_class) as $class
    | ($said | best($class)) as $best
    | ($members | best_name) as $variable
    | ([$members[].tool, (.outcome | values | .tool)] | unique) as $seen
    | (.outcome // ([$members[] | select(.tool == "interleave" and .interleaving != null)] | first)) as $outcome
    | {
        class: $class,
        sentence: ($best | .variable = ($variable // .variable) | explain),
        variable: ($variable | declared_as($report.declared)),
        accesses: $best.accesses,
        seen: [$report.detectors[] | select(IN(.name; $seen[])) | .name],
        missed: [$report.detectors[] | select(.state != "absent" and (IN(.name; $seen[]) | not))
            | {name, why: why_missed($class; $members)}],
        outcome: (if $outcome == null then null else $outcome | outcome_of end),
        read: reading($class),
        false_alarm: ($best | false_alarm($report.known; $seen))
      };

. as $report
| {version: 1, program, sources,
   detectors: [.detectors[] | del(.findings)],
   findings: ([.detectors[].findings[]] | sort_by([is_half, rank]) | grouped | attach_outcomes
       | map(finding($report)) | sort_by([.false_alarm != null, -(.seen | length)]))}
