// resume: the changes of each seat when clients went on after requests without
// a reply.
#ifndef RESUME_H
#define RESUME_H

#include "seat_search.h"
#include "tenures.h"

// Sets the chains of the tenures, with until when each change was carried out;
// what may have been carried out at the end is in `maybe`. There are no single
// tenures then. What is not known is guessed: `luck`.
//
// If the result is not SEAT_FOUND, `tenures` holds nothing. SEAT_IMPOSSIBLE:
// there is no order for *seat. SEAT_GAVE_UP: *stuck is the MOVE whose seats
// were not made to agree, or NO_OPERATION.
enum seat_result resume_find(struct tenures *tenures,
                             const struct history *history,
                             const struct hearing *hearing,
                             const struct luck *luck, int *seat, int *stuck);

#endif
