# What interleave has seen come of a race belongs to it: groups become objects with their
# members and the outcome.

include "subject";

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
