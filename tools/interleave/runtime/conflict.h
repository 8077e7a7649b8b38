// conflict: which steps matter to each other?
#ifndef CONFLICT_H
#define CONFLICT_H

#include <stdbool.h>

#include "thread.h"

// Whether the order of the two makes a difference: they concern one object and
// do not both only look at it.
bool conflict_between(const struct op *one, const struct op *other);

#endif
