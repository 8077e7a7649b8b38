# A report (merge.jq) for a terminal of 80 columns. $b and $p begin bold and plain text.

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

def holding:
    if .locks == null then ""
    elif .locks == [] then ", holding no lock"
    else ", holding \(.locks | join(" and "))" end;

def who: if (.thread | type) == "string" and .thread != .function then " (\(.thread))" else "" end;

def access($sources):
    select(.line != null)
    | "     \(.function)\(who)\(holding):",
      ([.frames[] | "       \("\(.file | sub(".*/"; "")):\(.line)" | pad(16)) "
            + source($sources; .file | sub(".*/"; ""); .line)[:55]] | .[:4][]);

def interleaving:
    "     What happens in one order of the threads:",
    (.interleaving | (map(.thread | length) | max // 0) as $wide
        | (if length > 24 then .[:8] + [null] + .[-15:] else . end)[]
        | if . == null then "       ..."
          else "       \(.thread | pad($wide))  \((.line // "" | tostring) | pad(4)) \(.words)\(if .wrong then "  <--" else "" end)" end)
    | .[:80];

def head: .class + (if .variable == null then "" else " on \(.variable.name | sub("\\[[0-9].*"; ""))"
    + (if .variable.type == null then "" else " (\(.variable.type), \(.variable.file):\(.variable.line))" end) end);

# The same variable once more: a line.
def also:
    ([.accesses[] | select(.line != null) | "\(.function) at \(.file):\(.line)"] | unique | join(" and ")) as $places
    | "\($places) (\(.seen | join(", ")))" | labelled("also");

# Races on one variable are told together, the one that most have seen in full.
def chapters:
    reduce .[] as $finding ([];
        ($finding | if .class == "data race" and .false_alarm == null then .variable.name // null else null end
            | if . == null then null else sub("[.\\[].*"; "") end) as $name
        | ([.[] | .name] | if $name == null then null else index($name) end) as $at
        | if $at == null then . + [{name: $name, first: $finding, more: []}]
          else .[$at].more += [$finding] end);

def finding($number; $sources):
    "\($b)\($number | tostring | if length < 2 then " " + . else . end)  \(head | wrap(4; 76))\($p)",
    (.false_alarm | values | "    \("no mistake of yours: " + . | wrap(4; 76))"),
    "",
    (.sentence | gsub("`"; "") | "     " + wrap(5; 74)),
    "",
    (.accesses[:3][] | access($sources)),
    (.outcome | values | "", interleaving),
    "",
    (.outcome | values | .schedule | values | labelled("schedule")),
    (.seen | join(", ") | labelled("seen by")),
    (select(.false_alarm == null)
        | (.missed[] | "\(.name): \(.why)" | labelled("not by")),
          (.read[] | "\(.title): \(.path)" | labelled("to read"))),
    "";

def count:
    [.[] | select(.false_alarm == null and .class == "data race").variable.name // empty | sub("[.\\[].*"; "")] as $raced
    | (map(select(.false_alarm == null)) | length) as $n
    | if $n == 0 then "Nothing was found." elif $n == 1 then "1 finding." elif ($raced | unique | length) < ($raced | length) then "\($n) findings; those on one variable are told together."
      else "\($n) findings." end;

# Of its raw texts the one for people.
def detector:
    ([.raw[] | select(endswith(".txt"))] + .raw | first) as $raw
    | ((if .state == "complete" then [] else ["\(.state): \(.reason)" | wrap(19; 61)] end)
       + [$raw | values]
       | join("\n" + " " * 19)) as $said
    | "  \(.name | pad(16)) \($said)";

.sources as $sources
| (.findings | chapters | to_entries[] | .key as $key | .value
    | (.first | finding($key + 1; $sources)), (.more | select(. != []) | (.[] | also), "")),
  (.findings | count),
  "",
  "Who looked, and what they said themselves:",
  (.detectors[] | detector)
