# What is shown of an order of the threads, in text and on a page.

def most: 24;

# Of a long one the end, and before it what goes wrong, and the last time that anybody
# was in an accused line; null stands for what is left out.
def shortened:
    if length <= most then . else
        . as $rows
        | ([range(length) as $i | select($rows[$i].accused) | {i: $i, at: [$rows[$i].thread, $rows[$i].line]}]
            | group_by(.at) | map(last.i)) as $last
        | [range(length) as $i | select($i >= length - most + 6 or $rows[$i].wrong or IN($i; $last[])) | $i] as $kept
        | [foreach $kept[] as $i ({before: -1};
            {before: $i, out: (if $i > .before + 1 then [null, $rows[$i]] else [$rows[$i]] end), };
            .out[])] end;

# Where a step is: its line, and its file if there are several.
def step_place($many): if .line == null then "" elif $many then "\(.file):\(.line)" else "\(.line)" end;

def has_many_files: [.[] | values | .file | values] | unique | length > 1;

# Whether an earlier finding has shown the same order: its number, or null.
def shown_before($findings; $number):
    .interleaving as $mine
    | [range($number) as $i | select($findings[$i].outcome.interleaving == $mine) | $i + 1] | first // null;

# Of a race alone the order says only that nothing comes between.
def heading:
    if .text == "data race" then "One order in which the two come, and nothing orders them"
    else "What happens in one order of the threads" end;

# One step is no order, and the sentence has said what happens in it.
def is_told_already: .interleaving | length == 1;

# What has come of a race, in interleave's words; null: nothing more than is said.
def comes_of_it($class):
    if $class != "data race" or .text == "data race" or .interleaving == [] then null
    else (.sentence | rtrimstr(".")) as $sentence
        | if $sentence == "" then .text elif .text | startswith("assertion") then "\(.text): \($sentence)" else $sentence end end;

# Who is at a place, where the name of the function does not say it.
def who: if (.thread | type) == "string" and .thread != .function then " (\(.thread))" else "" end;

def holding($quote):
    if .locks == null or IN(.operation; "free", "allocate", "create") then ""
    elif .locks == [] then ", holding no lock"
    else ", holding \(.locks | map($quote + .) | join(" and "))" end;

# What a place is for, where that is more than an access.
def role($class):
    {free: ", which frees it", allocate: ", which allocates it", create: ", which creates the thread"}[.operation]
    // if $class == "use after free" then ", which uses it" else "" end;

# One place alone races with itself.
def also_places:
    .races as $races
    | [.places[] | "\(.function) at \(.file):\(.line)"] | unique
    | if $races and length == 1 then "\(.[0]) with itself" else join(" and ") end;

def counted:
    map(select(.false_alarm == null)) | length
    | if . == 0 then "Nothing was found." elif . == 1 then "1 finding." else "\(.) findings." end;
