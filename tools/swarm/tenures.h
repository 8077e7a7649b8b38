// tenures: who held which seat from when to when, as the clients saw it.
//
// Every client asks one thing at a time, so its own operations are in order,
// and a client that was told OK knows what it holds. A tenure is such a span
// of holding: it starts with a BOOK or a MOVE to the seat and ends with a
// CANCEL or a MOVE away from it. It surely covers the time from the return of
// its start to the call of its end. Two tenures of one seat that both cover
// the same moment are a seat sold twice; otherwise that time also says in
// which order they came. So the order of the changes of each seat is known,
// and linearizability, which is hard to decide in general, becomes easy for
// all that concerns one seat (Gibbons and Korach, "Testing Shared Memories",
// SIAM J. Computing 26(4), 1997: a register whose writes are known to its
// reads).
#ifndef TENURES_H
#define TENURES_H

#include <stdbool.h>

#include "history.h"

enum { NO_OPERATION = -1 }; // in the place of an operation's index

struct tenure {
    int seat;
    int name;
    int start; // operation; NO_OPERATION: held before the first request
    int end;   // operation; NO_OPERATION: held to the end
};

// The changes of one seat, in their order: indices of operations.
struct chain {
    int *change;
    int count;
    int capacity;
};

// Adds a change behind the others.
void tenures_chain(struct chain *chain, int operation);

enum conflict {
    CONFLICT_NONE,
    CONFLICT_STRANGE,    // the reply is none that the request may get
    CONFLICT_SOLD_TWICE, // two tenures at the same time
    CONFLICT_SOLD_AGAIN, // OK to BOOK, but the client held the seat itself
    CONFLICT_DENIED,     // "not yours" to the seat's holder
    CONFLICT_NEVER_HELD, // OK to CANCEL or MOVE, but the client held nothing
};

struct tenures {
    struct tenure *tenure; // by seat, then by time
    int count;
    int capacity;
    struct chain chain[SEATS_LIMIT + 1]; // by seat
    struct chain maybe; // changes that got no reply: may have taken effect
    int64_t *by; // by operation: until when it was carried out; NULL: returned

    enum conflict conflict;
    struct tenure first, second; // SOLD_TWICE: the two
    int operation;               // the other conflicts: which operation
};

// Two clients that use one name at the same time: what they hold can't be told
// apart. Returns such a name, or NOBODY. The history is sorted.
int tenures_shared_name(const struct history *history);

// Whether a client went on after a change without a reply, which may then be
// carried out later than what it asked afterwards: tenures_find does not know
// of that (see resume.h). The history is sorted.
bool tenures_resumed_name(const struct history *history);

// Finds the tenures of a sorted history, or the first conflict. If there is a
// conflict, only the conflict's fields mean something.
void tenures_find(struct tenures *tenures, const struct history *history);

// Frees what tenures_find allocated.
void tenures_release(struct tenures *tenures);

#endif
