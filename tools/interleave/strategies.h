// strategies: their names.
#ifndef STRATEGIES_H
#define STRATEGIES_H

#include <stdbool.h>

#include "shared.h"

// Whether there is such a strategy; if not, says so on standard error.
bool strategies_know(const char *name);

// Has the order use it.
void strategies_set(struct order *order, const char *name);

const char *strategies_name(int strategy);

// Whether the strategy of that name looks at everything, in its own order:
// dpor.h, enumerate.h.
bool strategies_is_systematic(const char *name);

// Whether it does so without any reduction: enumerate.h.
bool strategies_is_naive(const char *name);

#endif
