// events: did every listener hear what happened?
//
// What a listener heard of a seat must be a piece of the seat's changes, whose
// order is known (tenures.h), without a gap. Where the piece can begin follows
// from when WATCH was sent and answered; how far it must go, from the
// listener's own requests.
#ifndef EVENTS_H
#define EVENTS_H

#include "hearing.h"
#include "tenures.h"

// What is wrong.
enum fault {
    FAULT_NONE,
    FAULT_DOUBT,   // it was not found out whether anything is
    FAULT_STRAY,   // a line that is no event and no reply, or not asked for
    FAULT_UNASKED, // an event before WATCH was answered
    FAULT_NEVER,   // an event of what never happened
    FAULT_EARLY,   // an event of what happened only later
    FAULT_OLD,     // an event of what was over before WATCH
    FAULT_TWICE,   // two events of one change
    FAULT_SWAPPED, // two events in the wrong order
    FAULT_SKIPPED, // an event is missing before another
    FAULT_LATE,    // an event behind a reply that it belongs before
    FAULT_LOST,    // an event is missing before a reply
    FAULT_ORDER,   // nothing explains all events of the seat together
};

struct complaint {
    enum fault fault;
    const struct stray *stray; // STRAY
    const struct hearing *hearing;
    int seat;
    const struct heard *heard; // the event; NULL if it is missing
    const struct heard *other; // TWICE: the first one; SWAPPED: the other one
    int change;                // the operation in question, or NO_OPERATION
    const struct operation *request; // LATE, LOST: which had its reply
};

// Whether every line was an event for somebody who watched.
struct complaint events_check_lines(const struct history *history,
                                    const struct hearing *hearing);

// Whether everybody heard the changes of that seat: the chain of the tenures.
struct complaint events_check_seat(const struct history *history,
                                   const struct hearing *hearing,
                                   const struct tenures *tenures, int seat);

#endif
