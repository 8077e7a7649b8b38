# Which findings of several detectors are one mistake. A group is an array of findings:
# the first of them is the one that the others are like.

include "subject";

def is_same_race($finding):
    .[0] as $first
    | $first.kind == "data-race" and same_subject($first | subject; $finding | subject)
    and (if ($finding | is_half) and ($first | is_half | not) then ($finding | places) - ($first | places) == []
         else ($first | places) == ($finding | places) end);

def locking: ["lock-order-inversion", "deadlock", "mutex-double-lock"];
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
