# The page of one submission: every check, what was expected, what happened, why.
include "html";

def row($term; $said): if $said == "" then empty else "<dt>\($term)</dt><dd><pre>\($said | text)</pre></dd>" end;

def result:
    "<h2>\(mark) of \(.points): \(.name | text)\(if .hidden then " <span class=\"dim\">(hidden check)</span>" else "" end)</h2>",
    (if .status == "passed" or .status == "skipped" then empty else
        "<dl>", row("expected"; .expected), row("happened"; .happened), row("why"; .feedback),
        (if .raw == [] then empty else
            "<dt>raw</dt><dd>", (.raw[] | "<a href=\"\(@uri | gsub("%2F"; "/"))\">\(text)</a> "), "</dd>" end),
        (if .tries == 2 then row("tries"; "2: it took too long, and was run again, alone") else empty end),
        "</dl>" end);

. as $result
| page("\(.name) – lab \(.lab)"; $style; $script; $digest;
    "<h1>\(.name | text): \(.score) of \(.max) points</h1>",
    "<p>Lab \(.lab | text): \(.title | text).\(if .ungraded > 0 then " \(.ungraded) more points are not graded." else "" end)\(
        if .reason != "" then " <strong>Not graded: \(.reason | text).</strong>" else "" end)</p>",
    (.checks[] | result),
    "<p class=\"dim\">graded \(.started | text) in \(.seconds) s, of which \(.building) s for building; sandbox: \(.sandbox | text); kit \(.kit), submission \(.submission)</p>")
