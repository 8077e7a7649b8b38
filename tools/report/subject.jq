# What a finding is about, and where.

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

# Memory that is used after it is gone.
def freed: ["heap-use-after-free", "attempting double-free", "stack-use-after-return", "stack-use-after-scope"];

# Whether one half of the pair is not known: DRD names only the second access.
def is_half: .kind == "data-race" and (.accesses | length) == 1;

# Of the whole and a part of it nobody knows that they are two.
def is_same_name($a; $b):
    $a == null or $b == null or $a == $b or ($a | startswith($b + ".", $b + "[")) or ($b | startswith($a + ".", $a + "["));

def same_subject($a; $b):
    ($a.kind == null or $b.kind == null or $a.kind == $b.kind) and is_same_name($a.name; $b.name);
