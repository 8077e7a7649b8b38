// watched: the set of addresses whose accesses are scheduled.
#ifndef WATCHED_H
#define WATCHED_H

#include "shared.h"

// The point of a word (address / 8), or NULL.
const struct point *watched_find(const struct watched *watched, uint64_t key);

// Adds a word, if it is not there and there is room: it is scheduled in the
// runs after `since`.
void watched_add(struct watched *watched, uint64_t key, uint64_t since);

// Adds all that is in `other`.
void watched_join(struct watched *watched, const struct watched *other);

#endif
