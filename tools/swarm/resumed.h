// resumed: judges a history in which clients went on after requests without a
// reply (resume.h).
#ifndef RESUMED_H
#define RESUMED_H

#include "hearing.h"
#include "judge.h"

// Judges such a history, which is sorted, and what its listeners heard. What is
// known of one seat is judged exactly. An order for everything is searched
// among the orders of each seat that were found; if there is none, another one
// might have led to it, so that is UNDECIDED.
void resumed_judge(struct history *history, const struct hearing *hearing,
                   struct judgement *judgement);

#endif
