// seat_search: the order in which one seat changed, when the tenures do not
// say.
//
// A request without a reply may be carried out at any time after its call, also
// later than requests of the same name that came after it; so tenures.h, to
// which a name is one client that asks one thing at a time, can't tell what
// became of it. Here all that is known of one seat is followed through time. A
// change is carried out only when something that was seen demands it, as in
// Lowe's "just-in-time linearization" (2017); where several could be, all ways
// are followed side by side. A way that has used more of the requests without a
// reply than another one that is otherwise at the same point is given up.
#ifndef SEAT_SEARCH_H
#define SEAT_SEARCH_H

#include "luck.h"
#include "timeline.h"

enum seat_result { SEAT_FOUND, SEAT_IMPOSSIBLE, SEAT_GAVE_UP };

// A change that was carried out, and when it can have been in this order.
struct carried {
    int operation;
    int64_t from, by;
};

struct seat_order {
    struct carried *carried; // the caller frees it
    int count;
    int stuck; // if not FOUND: the request for which there is no place, or
               // NO_OPERATION if it is an event
};

// What an order is searched for.
struct seat_question {
    const struct history *history; // sorted, without strange replies
    const struct hearing *hearing; // NULL: leaves out what was heard
    const struct wish *wish;       // by operation; NULL: nothing is supposed
    const struct luck *luck;       // decides if there are several orders; NULL:
                                   // the likeliest
    bool brief;                    // gives up soon
    int seat;
};

// Searches an order for the changes of the seat.
enum seat_result seat_search(struct seat_order *order,
                             const struct seat_question *question);

#endif
