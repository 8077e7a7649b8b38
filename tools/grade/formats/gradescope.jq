# results.json of a Gradescope autograder:
# gradescope-autograders.readthedocs.io/en/latest/specs/#output-format
#
# If a single test were "hidden", students would see no total: so hidden checks
# are visible ones whose output says only what kind of thing is required. What
# could not be graded has neither score nor status.
include "feedback";

.lab as $lab
| {
    score: .score,
    execution_time: .seconds,
    output: ((if .ungraded > 0 then "\(.ungraded) points could not be graded (not your fault): the instructor knows.\n" else "" end)
        + (if .reason != "" then "Not graded: \(.reason).\n" else "" end)
        + "Lab \(.lab): \(.title)."),
    output_format: "text",
    test_output_format: "text",
    test_name_format: "text",
    visibility: "visible",
    stdout_visibility: "hidden",
    extra_data: {lab, submission, kit, tools, sandbox, started, ungraded},
    tests: [.checks | to_entries[] | .key as $index | .value | {
        name: (if .hidden then "\(.name) (hidden)" else .name end),
        number: "\($index + 1)",
        output: feedback($lab),
        tags: (if .task > 0 then ["task \(.task)"] else [] end),
        visibility: "visible",
        extra_data: {status, seconds, tries}
    } + if .status == "passed" or .status == "failed" then {score: .got, max_score: .points, status} else {} end]
}
