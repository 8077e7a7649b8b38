# What an Autolab autograder prints: docs.autolabproject.com, "Formatted feedback"
# and "Autograding". Two lines of JSON; the last has the scores, whose names must
# be those of the assessment's problems: one for each task of the lab, and one for
# what belongs to none. No name has a colon in it: Autolab's parser would break
# the line there. A problem with a check that could not be graded gets no score
# now, and not 0.
include "feedback";

def stage: if .task == 0 then "General" else "Task \(.task)" end;
def name: gsub(":"; ",");
def is_judged: all(.[]; .status == "passed" or .status == "failed");

.lab as $lab
| (.checks | group_by(.task) | map({key: (.[0] | stage), value: .})) as $stages
| ({_presentation: "semantic", stages: ($stages | map(.key))}
   + ($stages | map({key, value: (.value | map({key: (.name | name), value:
        ({passed: (.status == "passed")} + (if .status == "passed" then {} else {hint: feedback($lab)} end))})
        | from_entries)}) | from_entries)
   | tojson),
  ({scores: ($stages | map(select(.value | is_judged) | {key, value: (.value | map(.got) | add)}) | from_entries), scoreboard: [.score]} | tojson)
