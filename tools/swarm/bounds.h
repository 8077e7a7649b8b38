// bounds: how many seats can have been held at a moment.
//
// A tenure surely covers the time from its start's return to its end's call,
// and possibly that from its start's call to its end's return. So a SOLD whose
// answer lies outside of what was possible during the request is wrong, in
// whatever order the requests took effect. That is quickly seen even where
// thousands of clients leave too many orders to try them all.
#ifndef BOUNDS_H
#define BOUNDS_H

#include "history.h"
#include "tenures.h"

struct range {
    int low, high;
};

// A number of seats over time.
struct track {
    struct event {
        int64_t time;
        int change; // +1, -1
        int value;  // from here on
    } * event;
    int count;
    int capacity;
};

struct bounds {
    struct track sure, possible;
};

void bounds_init(struct bounds *bounds, const struct history *history,
                 const struct tenures *tenures);
void bounds_release(struct bounds *bounds);

// How many seats can have been held at some moment of the operation.
struct range bounds_during(const struct bounds *bounds,
                           const struct operation *operation);

// Returns the first SOLD with an impossible answer, or NO_OPERATION.
int bounds_check(const struct bounds *bounds, const struct history *history);

#endif
