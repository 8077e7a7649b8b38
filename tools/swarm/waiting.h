// waiting: the questions that have been asked and not been placed yet, by what
// they wait for, so that a change looks only at those that it may answer.
//
// Lists in which an element can be taken out and put back where it was, in the
// reverse order: "dancing links" (Knuth, 2000). That makes undoing cheap.
#ifndef WAITING_H
#define WAITING_H

#include "history.h"

// The numbers of the lists. A seat's list is the seat's number.
enum {
    WAITING_HOUSE = SEATS_LIMIT + 1, // SOLD and MAP, which look at all seats
    WAITING_NEVER, // for those that are placed as soon as they are opened
    WAITING_LISTS,
};

struct waiting {
    struct link {
        int previous, next;
    } * link; // by operation; behind them, the head of each list
    int operations;
};

// Empty lists for that many operations.
void waiting_init(struct waiting *waiting, int operations);
void waiting_release(struct waiting *waiting);

// The list in which the operation, which changes nothing, waits.
int waiting_list(const struct operation *operation);

// Adds the operation to the end of a list; removes it from its list; puts it
// back (the last removed first).
void waiting_add(struct waiting *waiting, int list, int operation);
void waiting_remove(struct waiting *waiting, int operation);
void waiting_restore(struct waiting *waiting, int operation);

// The first operation of the list, the one behind `operation`; -1 at the end.
int waiting_first(const struct waiting *waiting, int list);
int waiting_next(const struct waiting *waiting, int operation);

#endif
