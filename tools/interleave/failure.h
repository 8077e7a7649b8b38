// failure: is this the same failure as before?
#ifndef FAILURE_H
#define FAILURE_H

#include <stdbool.h>

#include "shared.h"

struct failure {
    struct outcome outcome;
    uint64_t stuck[THREADS_LIMIT]; // where threads waited for ever, sorted
    int stuck_count;
};

// Notes how the run in `shared` ended.
void failure_note(struct failure *failure, const struct shared *shared);

// Whether the run in `shared` ended in the same way: the same kind of finding
// in the same place. A deadlock is the same if threads wait in the same places,
// whichever threads they are; a race, if it is between the same two accesses. A
// livelock has no place.
bool failure_is_same(const struct failure *failure,
                     const struct shared *shared);

#endif
