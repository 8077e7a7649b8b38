// random_history: small random histories, right or spoiled.
//
// Each comes from a house that is asked by a few clients at random times.
#ifndef RANDOM_HISTORY_H
#define RANDOM_HISTORY_H

#include "history.h"

enum { SEATS = 3 };

struct recipe {
    uint64_t state; // of the random numbers
    int cuts;       // percent of the requests that are not waited for: their
                    // clients go on at once, and the house carries them out
                    // when it likes, or never
    int listeners;  // clients that may say WATCH; these are waited for
};

// A number from 0 to limit - 1.
int random_history_draw(struct recipe *recipe, int limit);

// Makes a right history. The caller releases it.
void random_history_make(struct history *history, struct recipe *recipe);

// Changes something that was said or heard, or loses it: mostly it is wrong
// then.
void random_history_spoil(struct history *history, struct recipe *recipe);

#endif
