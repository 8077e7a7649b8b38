# A report (merge.jq) as one page that needs no other file. $style is report.css.

def ticks: @html | gsub("`(?<name>[^`]*)`"; "<code>\(.name)</code>");

def access:
    "<h3><code>\(.function | @html)</code>"
    + (if (.thread | type) == "string" and .thread != .function then " (\(.thread | @html))" else "" end)
    + (if .locks == null then "" elif .locks == [] then ", holding no lock"
       else ", holding \(.locks | map("<code>\(@html)</code>") | join(" and "))" end)
    + "</h3>";

# The lines around one, which is marked.
def source($sources; $file; $line):
    ($sources[$file].text // null) as $text
    | if $text == null then ""
      else ($text | split("\n")) as $lines
        | ([0, $line - 4] | max) as $first
        | "<pre tabindex=\"0\">"
          + ([range($first; [$line + 3, $lines | length] | min) | . as $i
              | ("\(" " * (4 - (($i + 1) | tostring | length)))\($i + 1)  \($lines[$i])" | @html)
              | if $i + 1 == $line then "<mark>\(.)</mark>" else . end] | join("\n"))
          + "</pre>"
      end;

def stack:
    if (.frames | length) < 2 then ""
    else "<p class=\"stack\">called from "
        + ([.frames[1:][] | "<code>\(.function | @html)</code> \("\(.file | sub(".*/"; "")):\(.line)" | @html)"] | join(", from "))
        + "</p>" end;

def places($sources):
    [.accesses[:3][] | select(.line != null)
        | access + "<p class=\"place\">\("\(.file):\(.line)" | @html)</p>" + source($sources; .file; .line) + stack] | join("\n");

def order:
    "<h3>What happens in one order of the threads</h3><div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th>thread</th><th>line</th><th>what it does</th></tr></thead><tbody>"
    + ([.interleaving[] | "<tr\(if .wrong then " class=\"wrong\"" else "" end)><td>\(.thread | @html)</td><td>\(.line // "")</td><td>\(.words | @html)\(if .wrong then " &larr;" else "" end)</td></tr>"] | join("\n"))
    + "</tbody></table></div>"
    + if .schedule == null then "" else "<p>As a schedule: <code>\(.schedule | @html)</code></p>" end;

def who:
    "<dl><dt>seen by</dt><dd>\(.seen | join(", ") | @html)</dd>"
    + if .false_alarm != null then ""
      else ([.missed[] | "<dt>not by</dt><dd>\(.name | @html): \(.why | @html)</dd>"]
          + [.read[] | "<dt>to read</dt><dd>\(.title | @html): <code>\(.path | @html)</code></dd>"] | join("")) end
    + "</dl>";

def head: (.class | @html) + if .variable == null then "" else
    " on <code>\(.variable.name | @html)</code>"
    + if .variable.type == null then "" else
        " <small><code>\(.variable.type | @html)</code>, \("\(.variable.file):\(.variable.line)" | @html)</small>" end end;

def finding($number; $sources):
    "<section\(if .false_alarm != null then " class=\"false\"" else "" end)><h2>\($number). \(head)</h2>",
    (.false_alarm | values | "<p><strong>No mistake of yours:</strong> \(ticks)</p>"),
    "<p class=\"sentence\">\(.sentence | ticks)</p>",
    places($sources),
    (.outcome | values | order),
    who,
    "</section>";

def detector:
    "<tr><th scope=\"row\">\(.name | @html)</th><td>\(.state)\(if .reason == null then "" else ": " + (.reason | @html) end)</td><td>"
    + ([.raw[] | "<code>\(@html)</code>"] | join("<br>")) + "</td></tr>";

.sources as $sources
| (.findings | map(select(.false_alarm == null)) | length) as $count
| "<!DOCTYPE html>",
  "<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
  "<title>\(.program | @html): \($count) finding\(if $count == 1 then "" else "s" end)</title>",
  "<style>\($style)</style></head><body><main>",
  "<h1>\(.program | @html)</h1>",
  "<p>\(if $count == 0 then "Nothing was found." elif $count == 1 then "1 finding." else "\($count) findings." end)</p>",
  (.findings | to_entries[] | .key as $key | .value | finding($key + 1; $sources)),
  "<h2>Who looked</h2><div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th>detector</th><th>state</th><th>what it said itself</th></tr></thead><tbody>",
  (.detectors[] | detector),
  "</tbody></table></div></main></body></html>"
