# A report (merge.jq) as SARIF 2.1.0, which editors and code hosts show:
# https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

include "classes";

def id: gsub(" "; "-");
def clean: gsub("`"; "'");

# Two threads may have come to one place the same way.
def distinct: reduce .[] as $it ([]; if index([$it]) then . else . + [$it] end);

def uri($sources): $sources[.file].path // .file | @uri | gsub("%2F"; "/");

def physical($sources):
    {artifactLocation: {uri: uri($sources)}, region: {startLine: .line}};

# "in" is no name of a library's own: the places are those in the user's code.
def location($sources):
    {physicalLocation: physical($sources), logicalLocations: [{name: .function, kind: "function"}]};

def deed: {call: "calls", create: "creates the thread", other: "uses it, too:"}[.operation] // .operation + "s";

def access($sources):
    location($sources) + {message: {text: ("\(.function) \(deed) here"
        + (if .locks == null or .operation == "other" then "" elif .locks == [] then ", holding no lock" else ", holding \(.locks | join(" and "))" end))}};

def stack($sources):
    {message: {text: "\(.function) \(deed)"},
     frames: [.frames[] | .file |= sub(".*/"; "") | select(.line > 0) | {location: location($sources)}]};

# One order of the threads, each thread's steps numbered by when they are carried out.
def order($sources):
    [.interleaving | to_entries[] | .value + {order: .key} | select(.line != null)]
    | {message: {text: "one order of the threads in which it goes wrong"},
       threadFlows: (group_by(.thread) | map({
           id: .[0].thread,
           locations: map({
               executionOrder: (.order + 1),
               importance: (if .wrong then "essential" else "important" end),
               location: {physicalLocation: physical($sources), message: {text: .words}}
           })
       }))};

def result($sources):
    [.accesses[] | select(.line != null)] as $places
    | ([.also[].places[]] | unique | map(.operation = "other")) as $others
    | {
        ruleId: (.class | id),
        level: (if .false_alarm == null then "warning" else "note" end),
        message: {text: (.sentence | clean)},
        locations: [$places[:1][] | access($sources)],
        relatedLocations: [$places[1:] + $others | to_entries[] | {id: (.key + 1)} + (.value | access($sources))],
        stacks: ([$places[] | stack($sources)] | distinct),
        properties: {seenBy: .seen, missedBy: .missed}
      }
    + (if .outcome == null or .outcome.interleaving == [] then {} else {codeFlows: [.outcome | order($sources)]} end)
    + (if .false_alarm == null then {} else
        {suppressions: [{kind: "external", status: "accepted", justification: .false_alarm}]} end);

.sources as $sources
| {
    version: "2.1.0",
    "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
    runs: [{
        tool: {driver: {
            name: "Box Office report",
            rules: ([.findings[] | {class, read}] | unique_by(.class) | map({
                id: (.class | id), shortDescription: {text: .class}, fullDescription: {text: (.class | meaning)},
                help: {text: "To read: \(.read | map("\(.title) (\(.path))") | join(", "))"}
            }))
        }},
        columnKind: "unicodeCodePoints",
        invocations: [{
            executionSuccessful: all(.detectors[]; .state == "complete"),
            toolExecutionNotifications: [.detectors[] | select(.state != "complete")
                | {level: "warning", message: {text: "\(.name) is \(.state): \(.reason)"}}]
        }],
        results: [.findings[] | result($sources)]
    }]
}
