// house: the protocol's sequential specification: one request after another.
#ifndef HOUSE_H
#define HOUSE_H

#include <stdbool.h>

#include "history.h"

struct house {
    int holder[SEATS_LIMIT + 1]; // a name, or NOBODY
    int sold;                    // seats that are held
    uint64_t picture[2];         // as in struct operation
};

// The house as the history found it.
void house_open(struct house *house, const struct history *history);

// Whether the operation's reply is right, were it carried out now. For one
// without a reply: whether it would change anything.
bool house_allows(const struct house *house, const struct operation *operation);

// Carries out a change that house_allows; house_undo takes it back again.
void house_apply(struct house *house, const struct operation *operation);
void house_undo(struct house *house, const struct operation *operation);

#endif
