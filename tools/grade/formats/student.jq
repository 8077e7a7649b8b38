# The same result, as a student may have it: see feedback.jq.
include "feedback";

.checks |= map(for_student | .raw = [])
