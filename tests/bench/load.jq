# What tests/bench/load makes of its runs. Input: an array of runs,
#
#   {round, server, clients, silent, asked, answered, status, verdict, state,
#    story, rps, p50, p99, first, cpu}
#
# and $labels, an object from a server's short name to its full one, in the order
# in which they are shown.

def median: map(select(. != null)) | sort | .[(length - 1) / 2 | floor]? // null;

# One object for each server and number of clients: the medians of its runs.
def summary:
    group_by([.server, .clients, .silent]) | map({
        server: .[0].server, clients: .[0].clients, silent: .[0].silent,
        failed: any(.status != 0 or .answered < .asked),
        rps: map(.rps) | median, p50: map(.p50) | median, p99: map(.p99) | median,
        first: map(.first) | median, cpu: map(.cpu) | median
    });

def quantities: [
    {key: "rps", title: "Requests a second"},
    {key: "p50", title: "Latency, p50, in ms"},
    {key: "p99", title: "Latency, p99, in ms"},
    {key: "first", title: "Until a client has its first reply, p99, in ms"},
    {key: "cpu", title: "Processor time of the server for a request, in µs"}
];

# Three digits are enough; a star says that not all were served.
def shown($failed):
    if . == null then "-"
    elif . >= 100 then round
    elif . >= 10 then . * 10 | round / 10
    else . * 100 | round / 100 end
    | tostring + if $failed then "*" else "" end;

def servers: $labels | keys_unsorted;
def numbers: map(select(.silent == 0).clients) | unique;
def find($server; $clients; $silent):
    map(select(.server == $server and .clients == $clients and .silent == $silent))[0];
def cell($server; $clients; $silent; $key):
    find($server; $clients; $silent) | if . == null then "-" else .failed as $failed | .[$key] | shown($failed) end;

# For the terminal: a line for each server, its columns separated by tabs.
def screen($quantity):
    . as $all | numbers as $numbers
    | $quantity.title,
      (["clients", $numbers[]] | @tsv),
      (servers[] as $server
       | [$labels[$server], ($numbers[] as $n | $all | cell($server; $n; 0; $quantity.key))] | @tsv),
      "";

def silences: map(.silent) | unique;
def speakers: map(select(.silent > 0).server) as $speakers | servers[] | select(IN($speakers[]));
def silence_title($clients): "Requests a second of \($clients) clients, while others are connected and silent";

def silence($clients):
    . as $all | silences as $silences
    | silence_title($clients),
      (["silent clients", $silences[]] | @tsv),
      (speakers as $server | [$labels[$server], ($silences[] as $n | $all | cell($server; $clients; $n; "rps"))] | @tsv),
      "";

# For the lecture: a row for each number of clients.
def row: "| " + (map(tostring) | join(" | ")) + " |";
def table($head): ($head | row), ($head | map("---:") | row), (.[] | row), "";

def page($quantity):
    . as $all
    | "## \($quantity.title)", "",
      ([numbers[] as $n | [$n, (servers[] as $server | $all | cell($server; $n; 0; $quantity.key))]]
       | table(["clients", $labels[]]));

def silent_page($clients):
    . as $all
    | "## \(silence_title($clients))", "",
      ([silences[] as $n | [$n, (($all | speakers) as $server | $all | cell($server; $clients; $n; "rps"))]]
       | table(["silent", ($all | speakers | $labels[.])]));

# What went wrong, run by run.
def failures:
    .[] | select(.status != 0 or .answered < .asked)
    | "\($labels[.server]), \(.clients) clients\(if .silent > 0 then " and \(.silent) silent" else "" end): "
      + "\(.asked - .answered) of \(.asked) requests lost"
      + (if .state == null then "; it serves nobody" elif .state == "hung" then "; no reply for too long" elif .state == "died" then "; it died" else "" end)
      + (if .verdict == "violated" then "; not linearizable: \(.story)" else "" end);

def verdict:
    map(select(.verdict != null and .server != "redis")) as $judged
    | ($judged | map(select(.verdict == "linearizable")) | length) as $good
    | "Histories judged: \($judged | length), of which \($good) are linearizable.";

# Each server compared with the yardstick among the most clients.
def two: . * 100 | round / 100;
def ratios:
    (numbers | max) as $most | find("epoll"; $most; 0) as $yardstick | . as $all
    | servers[] | select(. != "epoll") | . as $server
    | $all | find($server; $most; 0)
    | ($server == "capstone") as $judged
    | "\($labels[$server]): \(.rps / $yardstick.rps | two) of its throughput"
      + (if $judged then " (wanted: 0.7)" else "" end)
      + (if .p99 == null or .failed then "" else ", p99 \(.p99 / $yardstick.p99 | two) times" end)
      + (if $judged then " (at most 3)" else "" end)
      + (if .failed then " *" else "" end);

# For gnuplot: names; a block for each server; where not all were served; a line
# for each server among silent clients.
def names(each): [each | "\"\($labels[.])\""] | join(" ");
def failed: .[] | select(.failed and .silent == 0) | "\(.clients) \(.rps)";
def blocks:
    . as $all
    | servers[] as $server
    | ($all | map(select(.server == $server and .silent == 0)) | sort_by(.clients)[]
       | [.clients, .rps, .p99, .first] | map(. // "-" | tostring) | join(" ")),
      "", "";
def bars($clients):
    . as $all | silences as $silences
    | [speakers] | to_entries[]
    | .value as $server | [.key, ($silences[] as $n | $all | find($server; $clients; $n).rps // 0)] | join(" ");

def csv:
    ["round", "server", "clients", "silent", "asked", "answered", "requests_per_second", "p50_ms", "p99_ms",
     "first_reply_p99_ms", "server_cpu_us", "verdict", "server_state", "status"],
    (.[] | [.round, .server, .clients, .silent, .asked, .answered, .rps, .p50, .p99, .first, .cpu, .verdict,
            .state, .status])
    | @csv;
