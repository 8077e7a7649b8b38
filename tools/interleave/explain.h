// explain: what went wrong, in one sentence, and in which steps.
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "story.h"

// Marks the steps where it goes wrong, adds the ending and the sentence. Says
// only what the trace shows.
void explain(struct story *story);

#endif
