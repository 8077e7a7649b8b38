# result.json of a Classroom 50 autograder: schema classroom50/result/v1 of its
# wiki, Advanced-Autograding. What the classroom knows of the submission it puts
# into the environment of the workflow; both are arguments of jq's:
#
#   --argjson about '{"classroom": …, "assignment": …, …}'
include "feedback";

.lab as $lab
| ($ARGS.named.about // {}) as $about
| {
    schema: "classroom50/result/v1",
    classroom: ($about.classroom // ""),
    assignment: ($about.assignment // $lab),
    assignment_type: ($about.assignment_type // "individual"),
    owner: ($about.owner // .name),
    submission: ($about.submission // .submission),
    commit: ($about.commit // ""),
    release: ($about.release // ""),
    review: ($about.review // ""),
    datetime: .started,
    score: .score,
    "max-score": ([.checks[].points] | add),
    tests: [.checks[] | {
        "test-name": .name,
        passed: (.status == "passed"),
        score: .got,
        "max-score": .points,
        status,
        output: feedback($lab)
    }]
}
