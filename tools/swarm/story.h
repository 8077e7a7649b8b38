// story: what is wrong with a history, in one sentence.
#ifndef STORY_H
#define STORY_H

#include "bounds.h"
#include "history.h"
#include "telling.h"
#include "tenures.h"

// The conflict that tenures_find found.
void story_of_conflict(char story[STORY_SIZE], const struct history *history,
                       const struct tenures *tenures);

// The operation that has no place in any order. Its tenures have no conflict.
void story_of_stuck(char story[STORY_SIZE], const struct history *history,
                    const struct tenures *tenures, const struct bounds *bounds,
                    int operation);

// The operation for which no place was found, though there may be one.
void story_of_doubt(char story[STORY_SIZE], const struct history *history,
                    int operation);

// The seat of whose changes no order explains the replies, and the operation
// for which there is no place.
void story_of_seat(char story[STORY_SIZE], const struct history *history,
                   int seat, int operation);

#endif
