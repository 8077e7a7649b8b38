# One check's result, as result.schema.json has it, of what is known about it.

def result($known):
    {status: "skipped", hidden: false, seconds: 0, expected: "", happened: "", explained: "", ungraded: "",
     comment: "", raw: "", timed_out: false, tries: 1} + $known
    | {name, points, got: (if .status == "passed" then .points else 0 end), status, task, hidden, seconds,
       expected,
       happened: (if .status == "ungraded" then .ungraded
                  elif .status == "error" then "the check itself failed: \(.comment)"
                  else .happened end),
       feedback: .explained, raw: (.raw | split("\n") | map(select(. != ""))),
       timed_out: (.timed_out and .status != "passed"), tries};
