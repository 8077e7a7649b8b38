# TAP version 13 (testanything.org): one test line a check; what happened stands
# in comments, which no reader of TAP takes for a result.
def comments: split("\n")[] | select(. != "") | "#   \(.)";
def name: gsub("#"; "\\#");

"TAP version 13",
"1..\(.checks | length)",
(.checks | to_entries[] | .key as $index | .value
 | "\(if .status == "failed" then "not ok" else "ok" end) \($index + 1) - \(.name | name) (\(.got)/\(.points))"
   + (if .status == "failed" or .status == "passed" then "" else " # SKIP \(.happened | gsub("\n"; " "))" end),
   (if .status == "failed" then ("expected: \(.expected)", "happened: \(.happened)", .feedback) | comments else empty end))
