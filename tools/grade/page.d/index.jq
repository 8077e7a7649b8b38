# The page of a cohort: marks, their distribution, what failed most, who changed,
# who handed in the same.
include "html";

def number: "<td class=\"number\">\(.)</td>";
def head($name): "<th scope=\"col\"><button type=\"button\">\($name | text)</button></th>";
def link: "<a href=\"\(@uri)/index.html\">\(text)</a>";

def median: sort | if length == 0 then 0 else (.[(length - 1) / 2 | floor] + .[length / 2 | floor]) / 2 end;

def distribution:
    [.[] | select(.status == "graded") | .score] as $scores
    | "<h2>Distribution</h2><table><thead><tr><th scope=\"col\">points</th><th scope=\"col\">submissions</th></tr></thead><tbody>",
      (range(10; -1; -1) as $decade
       | ($scores | map(select(. / 10 | floor == $decade)) | length) as $count
       | "<tr><td class=\"number\">\(if $decade == 10 then "100" else "\($decade * 10) to \($decade * 10 + 9)" end)</td><td>"
         + "<span class=\"bar passed\" style=\"width:\(20 * $count / ([($scores | length), 1] | max))rem\"></span> \($count)</td></tr>"),
      "</tbody></table>";

def most_failed:
    [.[].checks[]] | group_by([.hidden, .name])
    | map({name: .[0].name, hidden: .[0].hidden, failed: map(select(.status == "failed")) | length, of: length})
    | map(select(.failed > 0)) | sort_by(-.failed)
    | if . == [] then empty else
        "<h2>Most-failed checks</h2><table><thead><tr><th scope=\"col\">failed</th><th scope=\"col\">check</th></tr></thead><tbody>",
        (.[] | "<tr><td class=\"number\">\(.failed) of \(.of)</td><td>\(.name | text)\(if .hidden then " <span class=\"dim\">(hidden)</span>" else "" end)</td></tr>"),
        "</tbody></table>" end;

def differences:
    (INDEX($previous[]; .name)) as $before
    | [.[] | . as $now | $before[.name] | select(. != null and .lab == $now.lab)
       | {name, was: .score, now: $now.score, same_files: (.submission == $now.submission),
          checks: [.checks[] as $check | $now.checks[]
                   | select(.name == $check.name and .hidden == $check.hidden and .got != $check.got)
                   | "\(.name): \($check.got) → \(.got)"]}
       | select(.checks != [])]
    | if $previous == [] then empty else
        "<h2>Since the last grading</h2>",
        (if . == [] then "<p>Nobody's marks have changed.</p>" else
            "<table><thead><tr><th scope=\"col\">name</th><th scope=\"col\">was</th><th scope=\"col\">is</th><th scope=\"col\">files</th><th scope=\"col\">checks</th></tr></thead><tbody>",
            (.[] | "<tr><td>\(.name | link)</td>\(.was | number)\(.now | number)<td>\(if .same_files then "the same" else "other ones" end)</td><td>\(.checks | map(text) | join("<br>"))</td></tr>"),
            "</tbody></table>" end) end;

def same_tokens:
    [.[] | select(.tokens != "")] | group_by(.tokens) | map(select(length > 1))
    | if . == [] then empty else
        "<h2>The same, but for comments and blanks</h2><p>No verdict: those who change nothing also hand in the same.</p><ul>",
        (.[] | "<li>\(map(.name | link) | join(", "))</li>"), "</ul>" end;

def marks:
    . as $results | ([.[] | select(.checks != [])][0].checks // []) as $checks
    | "<h2>Marks</h2><div class=\"wide\"><table><thead><tr>", head("name"), head("score"), head("of"),
      ($checks[] | head("\(.name) (\(.points))")), head("said"), "</tr></thead><tbody>",
      ($results[] | "<tr><td>\(.name | link)</td>\(.score | number)\(.max | number)",
          (.checks[] | "<td class=\"number\" data-value=\"\(.got)\">\(mark)</td>"),
          "<td>\(.reason | text)</td></tr>"),
      "</tbody></table></div>";

[inputs] | sort_by(.name)
| ([.[] | select(.status == "graded") | .score]) as $scores
| page("Lab \(.[0].lab): \(length) submissions"; $style; $script; $digest;
    "<h1>Lab \(.[0].lab | text): \(.[0].title | text)</h1>",
    "<p>\(length) submissions, \($scores | length) graded; median \($scores | median), mean \(
        if $scores == [] then 0 else ($scores | add / length * 10 | round / 10) end). <a href=\"scores.csv\">scores.csv</a>\(
        if any(.[]; .sandbox != "bwrap") then ". <strong>Judged without a sandbox.</strong>" else "" end)</p>",
    marks, differences, distribution, most_failed, same_tokens)
