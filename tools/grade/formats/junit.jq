# JUnit XML, as GitHub, GitLab and Jenkins read it (the schema of Jenkins' xUnit
# plugin): ungraded checks are skipped ones.

# XML 1.0 allows of the control characters only tab and the two ends of lines.
def xml: explode | map(select(. == 9 or . == 10 or . == 13 or (. >= 32 and . != 65534 and . != 65535))) | implode | @html;
def attribute($name; $value): " \($name)=\"\($value | tostring | xml | gsub("\n"; "&#10;"))\"";

def body:
    if .status == "failed" then
        "<failure\(attribute("message"; .happened))>expected: \(.expected | xml)\nhappened: \(.happened | xml)\n\(.feedback | xml)</failure>"
    elif .status == "passed" then ""
    else "<skipped\(attribute("message"; .happened))/>" end;

def count(condition): map(select(condition)) | length | tostring;

. as $result
| "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
  ("<testsuite" + attribute("name"; "lab \(.lab)") + attribute("tests"; .checks | length)
   + attribute("failures"; .checks | count(.status == "failed")) + attribute("errors"; 0)
   + attribute("skipped"; .checks | count(.status != "failed" and .status != "passed"))
   + attribute("time"; .seconds) + attribute("timestamp"; .started | rtrimstr("Z")) + ">"),
  (.checks[]
   | "  <testcase" + attribute("classname"; $result.lab) + attribute("name"; "\(.name) (\(.points))")
     + attribute("time"; .seconds) + ">\(body)</testcase>"),
  "</testsuite>"
