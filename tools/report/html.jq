# A report (merge.jq) as one page that needs no other file. $style is report.css.

include "order";

def ticks: @html | gsub("`(?<name>[^`]*)`"; "<code>\(.name)</code>");

def access($class):
    "<h3><code>\(.function | @html)</code>\(who | @html)\(role($class))\(holding("`") | gsub("(?<a>`[^` ]+)"; "\(.a)`") | ticks)</h3>";

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
    .class as $class
    | [.accesses[:3][] | select(.line != null)
        | access($class) + "<p class=\"place\">\("\(.file):\(.line)" | @html)</p>" + source($sources; .file; .line) + stack] | join("\n");

def step($many):
    if . == null then "<tr><td></td><td></td><td>...</td></tr>"
    else "<tr\(if .wrong then " class=\"wrong\"" else "" end)><td>\(.thread | @html)</td><td>\(step_place($many) | @html)</td><td>\(.words | @html)\(if .wrong then " &larr;" else "" end)</td></tr>" end;

def table:
    "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th>thread</th><th>line</th><th>what it does</th></tr></thead><tbody>"
    + (.interleaving | has_many_files as $many | [shortened[] | step($many)] | join("\n"))
    + "</tbody></table></div>"
    + (comes_of_it("data race") | if . == null then "" else "<p>It leads to: \(ticks)</p>" end)
    + if .schedule == null then "" else "<p>As a schedule: <code>\(.schedule | @html)</code></p>" end;

def order($findings; $number):
    shown_before($findings; $number) as $before
    | if is_told_already then "" else "<h3>\(heading)</h3>" end
    + if is_told_already then "" elif .interleaving == [] then "<p>interleave has found it, and could not show it again.</p>"
      elif $before != null then "<p>See \($before).</p>"
      else table end;

def seen_by:
    "<dl>" + ([.also[] | "<dt>also</dt><dd>\("\(also_places) (\(.seen | join(", ")))" | @html)</dd>"] | join(""))
    + "<dt>seen by</dt><dd>\(.seen | join(", ") | @html)</dd>"
    + if .false_alarm != null then ""
      else ([.missed[] | "<dt>not by</dt><dd>\(.name | @html): \(.why | @html)</dd>"]
          + [.read[] | "<dt>to read</dt><dd>\(.title | @html): <code>\(.path | @html)</code></dd>"] | join("")) end
    + "</dl>";

def head: (.title | @html) + if .variable.type == null then "" else
        " <small><code>\(.variable.type | @html)</code>"
        + if .variable.line == null then "</small>" else ", \("\(.variable.file):\(.variable.line)" | @html)</small>" end end;

def finding($number; $sources; $findings):
    "<section\(if .false_alarm != null then " class=\"false\"" else "" end)><h2>\($number). \(head)</h2>",
    (.false_alarm | values | "<p><strong>No mistake of yours:</strong> \(ticks)</p>"),
    "<p class=\"sentence\">\(.sentence | ticks)</p>",
    places($sources),
    (.outcome | values | order($findings; $number - 1)),
    seen_by,
    "</section>";

def detector:
    "<tr><th scope=\"row\">\(.name | @html)</th><td>\(.state)\(if .reason == null then "" else ": " + (.reason | @html) end)</td><td>"
    + ([.raw[] | "<code>\(@html)</code>"] | join("<br>")) + "</td></tr>";

.sources as $sources
| .findings as $findings
| (.findings | map(select(.false_alarm == null)) | length) as $count
| "<!DOCTYPE html>",
  "<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
  "<title>\(.program | @html): \($count) finding\(if $count == 1 then "" else "s" end)</title>",
  "<style>\($style)</style></head><body><main>",
  "<h1>\(.program | @html)</h1>",
  "<p>\(.findings | counted)</p>",
  (.findings | to_entries[] | .key as $key | .value | finding($key + 1; $sources; $findings)),
  "<h2>Who looked</h2><div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th>detector</th><th>state</th><th>what it said itself</th></tr></thead><tbody>",
  (.detectors[] | detector),
  "</tbody></table></div></main></body></html>"
