// spans: what is known about when each operation took effect: its earliest and
// latest time, and how many changes of a seat came before it. What is found
// out can be forgotten again.
#ifndef SPANS_H
#define SPANS_H

#include <stdbool.h>

#include "history.h"
#include "tenures.h"

// How many of a seat's changes came before an operation: from low to high.
struct span {
    int low, high;
};

// A span, or the times of an operation, before they were found out to be
// shorter.
struct memory {
    int operation;
    int seat; // 0: the times
    union {
        struct span span;
        struct {
            int64_t earliest, latest;
        };
    };
};

struct spans {
    struct history *history; // `earliest` and `latest` are in its operations
    const struct tenures *tenures;
    struct span **span; // by operation; NULL if it has none
    bool *all_seats;    // by operation: a span for each seat, or just one
    int stuck;          // an operation with nothing left; NO_OPERATION: none

    // What was found out and not followed up yet: operations, in a ring, and
    // for each the seats whose span got shorter.
    int *queue;
    int head, tail;
    bool *queued;
    uint64_t (*shorter)[2];

    struct memory *memory; // what was known before
    int memories, memory_room;
};

// Spans for the sorted history, whose tenures have no conflict: one for each
// seat for a MAP or SOLD and for the changes in the chains, one for any other
// question about a seat. Times and spans are as wide as calls and returns
// allow.
void spans_init(struct spans *spans, struct history *history,
                const struct tenures *tenures);
void spans_release(struct spans *spans);

// The operation's span for a seat that it has one for.
struct span spans_get(const struct spans *spans, int operation, int seat);

// Found out: at least, at most so many changes of the seat came before it.
void spans_at_least(struct spans *spans, int operation, int seat, int changes);
void spans_at_most(struct spans *spans, int operation, int seat, int changes);

// Found out: it did not take effect before, after that time.
void spans_not_before(struct spans *spans, int operation, int64_t time);
void spans_not_after(struct spans *spans, int operation, int64_t time);

// Found out: the one came before the other. So no more changes of any seat
// came before it.
void spans_in_order(struct spans *spans, int before, int after);

// Takes out the next operation to follow up, and the seats whose span got
// shorter. Returns NO_OPERATION if there is none.
int spans_follow_up(struct spans *spans, uint64_t shorter[2]);

// Forgets what was found out after the first `memories` memories.
// Nothing is left to follow up and nothing is stuck then.
void spans_forget(struct spans *spans, int memories);

#endif
