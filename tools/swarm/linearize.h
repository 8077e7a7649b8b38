// linearize: looks for one order of all operations that the protocol allows.
//
// A history is linearizable if every operation can be given one moment between
// its call and its return so that, in the order of these moments, every reply
// is right (Herlihy and Wing, TOPLAS 12(3), 1990). The search places one
// operation after another, as Wing and Gong do ("Testing and Verifying
// Concurrent Objects", J. Parallel Distrib. Comput. 17, 1993), with the states
// that are known to lead nowhere remembered (Lowe, "Testing for
// Linearizability", 2017). What makes it fast on large histories:
//
//   - most wrong orders have been excluded before (narrow.h);
//   - a question whose answer is right now is placed now: that changes nothing
//     for the others;
//   - the changes of one seat come in a known order (tenures.h), so the choice
//     is only which seat changes next;
//   - a change is put off until an operation that is due needs it. For what
//     concerns single seats that is never wrong, so no choice is ever taken
//     back; only SOLD and MAP, which look at all seats, need that.
#ifndef LINEARIZE_H
#define LINEARIZE_H

#include <stdbool.h>

#include "history.h"
#include "placing.h"
#include "tenures.h"

enum linearize_result {
    LINEARIZE_FOUND,
    LINEARIZE_IMPOSSIBLE,
    LINEARIZE_GAVE_UP,
};

// Searches an order for the history whose times `narrow` has narrowed.
// LINEARIZE_SEATS decides in one pass. LINEARIZE_ALL gives up when it has taken
// back a choice `patience` times. If the result is not LINEARIZE_FOUND, *stuck
// is the operation that could not be placed (the furthest one, if several were
// tried).
enum linearize_result linearize(struct narrow *narrow,
                                enum linearize_scope scope, long patience,
                                int *stuck);

#endif
