// matters: which steps of a run a person wants to see.
#ifndef MATTERS_H
#define MATTERS_H

#include "story.h"

// Marks accesses, since the second thread was created, to bytes that two
// threads touch and one of them writes; synchronisation by way of what two
// threads use, input and output, and memory that is freed while others know it.
void matters_mark(struct story *story);

#endif
