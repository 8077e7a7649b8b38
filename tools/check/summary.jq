# Makes a result (result.schema.json) of items: an item is a check's result
# (tools/check/run), of which a later one replaces an earlier one, or some of the
# other fields (tools/check/about).

def is_same($check): .name == $check.name and .hidden == $check.hidden;
def sum(condition; field): map(select(condition) | field) | add // 0;
def is_judged: .status == "passed" or .status == "failed";

def nothing_known: {name: "", tokens: "", seconds: 0, building: 0, sandbox: "none", reason: "", checks: []};

def add_check($check):
    ([.checks[] | is_same($check)] | index(true)) as $place
    | .checks[$place // (.checks | length)] = $check;

def add_item($item): if $item | has("points") then add_check($item) else . + $item end;

def summary:
    .checks as $checks
    | (if any($checks[]; .status == "skipped") then "it was interrupted"
       elif any($checks[]; is_judged) then "" else "no check could be judged" end) as $incomplete
    | (if .reason != "" then .reason else $incomplete end) as $reason
    | {version: 1, name, lab, title, submission, tokens, kit, tools, sandbox, started, seconds, building,
       status: (if $reason == "" then "graded" else "ungraded" end), reason: $reason,
       score: ($checks | sum(true; .got)),
       max: ($checks | sum(is_judged; .points)),
       ungraded: ($checks | sum(is_judged | not; .points)),
       checks: $checks};
