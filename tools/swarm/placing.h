// placing: an order of operations that is being built, step by step.
//
// Each step can be taken back. An operation is opened when it may come next as
// far as the times of all operations are concerned (their earliest and latest:
// narrow.h). Then it waits. Then it is placed: it comes next in the order.
#ifndef PLACING_H
#define PLACING_H

#include <stdbool.h>

#include "history.h"
#include "house.h"
#include "narrow.h"
#include "tenures.h"
#include "waiting.h"

// What an order is looked for: of the changes, WHO and "taken" only; or of all.
enum linearize_scope { LINEARIZE_SEATS, LINEARIZE_ALL };

struct start {
    int64_t earliest;
    int operation;
};

struct step {
    enum { OPENED, PLACED } deed;
    int operation;
};

struct placing {
    struct narrow *narrow;         // what follows from what has been placed
    const struct history *history; // these two are narrow's
    const struct tenures *tenures;
    enum linearize_scope scope;

    struct start *start; // the operations, by their earliest time at first
    int opened;          // so many of them, the first ones
    int awaited;         // so many of these must be placed
    bool *is_awaited, *is_opened, *placed; // by operation
    int maybe;                    // changes that are placed, and need not be
    uint64_t hash;                // of the set of placed operations
    struct house house;           // after the placed operations
    int changed[SEATS_LIMIT + 1]; // how much of a seat's chain is placed
    struct waiting waiting;       // the questions that are opened, not placed

    bool failed;        // what is placed leaves no place for the rest
    struct step *trail; // what was done
    int steps;
    int room;
};

// Nothing is opened. `narrow` must outlive the placing.
void placing_init(struct placing *placing, struct narrow *narrow,
                  enum linearize_scope scope);
void placing_release(struct placing *placing);

// Opens the operations that can have taken effect at that time. A question
// whose answer is right now is placed now: that changes nothing for the
// others. So are those that the scope leaves out.
void placing_open(struct placing *placing, int64_t time);

// Places a change that may come, and the questions that it answers. What is
// left must come later, with what follows from that.
void placing_change(struct placing *placing, int change);

// A state to come back to.
struct mark {
    int steps, memories;
};
struct mark placing_mark(const struct placing *placing);
void placing_undo(struct placing *placing, struct mark mark);

// Forgets how the present state came about: no mark is of use any more.
void placing_settle(struct placing *placing);

// Whether the operation must be placed: it has a reply, or something shows that
// it was carried out.
bool placing_awaits(const struct placing *placing, int operation);

// Whether this change may come next.
bool placing_may_come(const struct placing *placing, int change);

// The next change of the seat's chain, or NO_OPERATION.
int placing_next(const struct placing *placing, int seat);

// A seat that must change before the operation, as far as is known; 0: none.
int placing_seat_before(const struct placing *placing, int operation);

// A waiting SOLD or MAP that must be placed before the next change of the seat,
// as far as is known; NO_OPERATION: none.
int placing_question_before(const struct placing *placing, int seat);

#endif
