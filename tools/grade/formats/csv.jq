# scores.csv: RFC 4180. One row a submission, and a column for each check.
#
#   jq -n -r -f csv.jq RESULT.json...
#
# A spreadsheet would run a cell that begins with one of "=+-@" as a formula.
def harmless: if test("^[-=+@]") then "'\(.)" else . end;

[inputs] | . as $results
| (.[0].checks | map("\(.name) (\(.points))")) as $checks
| (["name", "score", "max", "status", "reason"] + $checks),
  ($results[] | [(.name | harmless), .score, .max, .status, (.reason | harmless)]
      + (.checks | map(if .status == "passed" or .status == "failed" then .got else .status end)))
| @csv
