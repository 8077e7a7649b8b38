// narrow: when can each operation have taken effect?
//
// At first all that is known is: between its call and its return. But a WHO
// that was answered "free" took effect before the BOOK that followed it, and
// after the CANCEL before it; a MAP says so of every seat at once; and if a
// SOLD counted every seat that can have been held, they all were. Every such
// conclusion allows further ones. This is constraint propagation to a fixed
// point (Mackworth, "Consistency in Networks of Relations", Artificial
// Intelligence 8, 1977). It excludes no order that explains the replies, and
// leaves few others to be tried.
#ifndef NARROW_H
#define NARROW_H

#include "spans.h"

struct narrow {
    struct spans spans;
    int *holder[SEATS_LIMIT + 1]; // of a seat, after so many of its changes
    bool open[SEATS_LIMIT + 1];   // changes without a reply may follow the last
};

// Concludes what can be concluded about the sorted history, whose tenures have
// no conflict. Both must outlive `narrow`, which the caller releases. Returns
// NO_OPERATION, or an operation for which no moment is left: then no order
// explains the replies.
int narrow_init(struct narrow *narrow, struct history *history,
                const struct tenures *tenures);
void narrow_release(struct narrow *narrow);

// Supposes that at least so many changes of a seat came before an operation.
// Returns false if that leads to a contradiction. spans_forget takes it back.
bool narrow_suppose(struct narrow *narrow, int operation, int seat,
                    int changes);

#endif
