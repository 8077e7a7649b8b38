# A report (merge.jq) for a terminal of 80 columns. $b and $p begin bold and plain text.

include "order";

def wrap($indent; $width):
    reduce (split(" ")[]) as $word ([""];
        if .[-1] == "" then .[-1] = $word
        elif (.[-1] | length) + 1 + ($word | length) <= $width then .[-1] += " " + $word
        else . + [$word] end)
    | join("\n" + " " * $indent);

def pad($size): . + " " * ([0, $size - length] | max);

def labelled($name): "     \($name | pad(10))\(wrap(15; 64))";

def source($sources; $file; $line):
    ($sources[$file // ""].text // "" | split("\n")[($line // 0) - 1] // "") | sub("^[ \t]+"; "");

def access($sources; $class):
    select(.line != null)
    | "     \("\(.function)\(who)\(role($class))\(holding("")):" | wrap(7; 74))",
      ([.frames[] | "       \("\(.file | sub(".*/"; "")):\(.line)" | pad(16)) "
            + source($sources; .file | sub(".*/"; ""); .line) | .[:79]] | .[:4][]);

# What goes wrong is told to its end.
def step($wide; $many):
    "       \(.thread | pad($wide))  \(step_place($many) | pad(if $many then 14 else 4 end)) " as $head
    | if .wrong then $head + (.words | wrap($head | length; 75 - ($head | length))) + "  <--"
      else "\($head)\(.words)"[:80] end;

def interleaving:
    "     \(heading):",
    (.interleaving | (map(.thread | length) | max // 0) as $wide | has_many_files as $many
        | shortened[] | if . == null then "       ..." else step($wide; $many) end);

def order($findings; $number):
    shown_before($findings; $number) as $before
    | if is_told_already then empty
      elif .interleaving == [] then "", "     interleave has found it, and could not show it again: of the order", "     nothing is known."
      elif $before != null then "", "     \(heading): see \($before)."
      else "", interleaving end;

def declared: [.variable.type, if .variable.line == null then null else "\(.variable.file):\(.variable.line)" end] | map(values);

def head: .title + (declared | if . == [] then "" else " (\(join(", ")))" end);

# The same once more: a line.
def also: "\(also_places) (\(.seen | join(", ")))" | labelled("also");

def finding($number; $sources; $findings):
    "\($b)\($number | tostring | if length < 2 then " " + . else . end)  \(head | wrap(4; 76))\($p)",
    (.false_alarm | values | "    \("no mistake of yours: " + . | wrap(4; 76))"),
    "",
    (.sentence | gsub("`"; "") | "     " + wrap(5; 74)),
    "",
    (.class as $class | .accesses[:3][] | access($sources; $class)),
    (.outcome | values | order($findings; $number - 1)),
    "",
    (.class as $class | .outcome | values | comes_of_it($class) | values | gsub("`"; "") | labelled("leads to")),
    (.outcome | values | .schedule | values | labelled("schedule")),
    (.also[] | also),
    (.seen | join(", ") | labelled("seen by")),
    (select(.false_alarm == null)
        | (.missed[] | "\(.name): \(.why)" | labelled("not by")),
          (.read[] | "\(.title): \(.path)" | labelled("to read"))),
    "";

# How far "nothing" goes.
def tried:
    ([.detectors[] | select(.name == "interleave" and .state == "complete").tried | values] | first // null) as $tried
    | if any(.findings[]; .false_alarm == null) or $tried == null then empty
      else ("interleave: \($tried). That is a proof only of what the program asserts: put an assert where you rely on something." | wrap(0; 79)) end;

# Of its raw texts the one for people.
def detector:
    ([.raw[] | select(endswith(".txt"))] + .raw | first) as $raw
    | ((if .state == "complete" then [] else ["\(.state): \(.reason)" | wrap(19; 61)] end)
       + [$raw | values]
       | join("\n" + " " * 19)) as $said
    | "  \(.name | pad(16)) \($said)";

.sources as $sources
| .findings as $findings
| ($findings | to_entries[] | .key as $key | .value | finding($key + 1; $sources; $findings)),
  ($findings | counted),
  tried,
  "",
  "Who looked, and what they said themselves:",
  (.detectors[] | detector)
