# A report (merge.jq) as an editor reads it: FILE:LINE:COLUMN: warning: what is wrong,
# then a note for each other place.

# Where the variable stands in the line; if it does not, where the line begins.
def column($sources; $name):
    .line as $line
    | ($sources[.file].text // "" | split("\n")[$line - 1] // "") as $text
    | ($name // "" | sub("[.\\[#].*"; "")) as $word
    | (if $word == "" then null else ($text | index($word)) end // ([$text | match("[^ \t]").offset] | first) // 0) + 1;

.sources as $sources
| .findings[]
| select(.false_alarm == null)
| . as $finding
| [.accesses[] | select(.line != null)] as $places
| $places + ([.also[].places[] | . as $place
    | select(any($places[]; .file == $place.file and .line == $place.line) | not)] | unique | map(.operation = "other"))
| to_entries[]
| .key as $key
| .value
| "\($sources[.file].path // .file):\(.line):\(column($sources; $finding.variable.name)): "
  + if $key == 0 then "warning: \($finding.sentence | gsub("`"; "'")) [\($finding.class)]"
    else "note: here \(.function) \({call: "calls", create: "creates the thread", other: "uses it, too"}[.operation] // "\(.operation)s it")" end
