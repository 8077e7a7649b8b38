# The elements and members of variables, by what declared.c knows of them.

# What lies so far behind the beginning of something: the rest of its name, its type.
def part_at($offset):
    if .members != null then
        ([.members[] | select(.at <= $offset)] | last) as $member
        | $member | part_at($offset - .at) | .name = ".\($member.name)\(.name)"
    elif .element != null and .element.type != "char" then
        ($offset / .element.size | floor) as $index
        | .element | part_at($offset - $index * .size) | .name = "[\($index)]\(.name)"
    else {name: "", type} end;

# The type of what is called so: ".lock", "[2].left".
def part_called($name):
    reduce ($name | scan("[.][A-Za-z_0-9]+|\\[[0-9]+\\]")) as $step (.;
        if $step[:1] == "[" then .element else .members as $all | [$all[]? | select(".\(.name)" == $step)][0] end)
    | .type;

def bare: gsub("`"; "") | sub("[.\\[#].*"; "");

# A text is one thing, whichever of its characters two threads met at.
def whole_text($declared):
    . as $name
    | if endswith("]") and ($declared[bare] | part_called($name)) == "char"
      then sub("\\[[0-9]+\\]$"; "") else . end;

# "rows + 40" is rows[0].free; so is "rows @16600", if rows begin at 16560. What is named
# in full stays, a text as a whole.
def in_full($declared):
    . as $name
    | (capture("^(?<base>[^.\\[# ]+) (?<by>[+@])(?<bytes> ?[0-9]+)$") // null)
    | if . == null then $name | whole_text($declared)
      else ($declared[.base]) as $known
        | (.bytes | tonumber) as $bytes
        | (if .by == "@" then $bytes - ($known.at // $bytes) else $bytes end) as $offset
        | if $known == null or $offset < 0 then .base else .base + ($known | part_at($offset).name) end end;

def with_names($declared):
    (if .at != null then " @\(.at)" elif .offset != null then " + \(.offset)" else "" end) as $where
    | (if .variable // "" | test("^`.*`$")
       then .variable |= (gsub("`"; "") | "`\(if test("[.\\[#]") then . else . + $where end | in_full($declared))`") else . end)
    | .accesses[]?.locks |= (if . == null then null else map(in_full($declared)) end)
    | .mutexes |= (if . == null then [] else map(in_full($declared)) end);

# Which of many elements it is, is no matter here.
def any_element: gsub("\\[[0-9]+\\]"; "[]") | gsub("#[0-9]+"; "#");
