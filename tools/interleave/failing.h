// failing: why an assertion fails, as far as the trace shows it.
#ifndef FAILING_H
#define FAILING_H

#include "story.h"

// Marks the steps that are to blame, and says what happened.
void failing_explain(struct story *story);

#endif
