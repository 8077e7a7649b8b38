// hearing: one listener's events by seat, and what had to come before what.
#ifndef HEARING_H
#define HEARING_H

#include "history.h"

struct hearing {
    const struct listener *listener;
    struct heard *heard;            // by seat, then as they came
    int first[SEATS_LIMIT + 2];     // of a seat's events; the end: of the next
    const struct operation **asked; // requests with a reply, by its time
    int requests;
};

// Sorts what each listener of the history heard. The caller frees the array
// with hearing_release.
struct hearing *hearing_all(const struct history *history);
void hearing_release(struct hearing *hearing, int count);

// How many events of the seat the listener heard; the first of them.
int hearing_count(const struct hearing *hearing, int seat);
const struct heard *hearing_events(const struct hearing *hearing, int seat);

// The last request whose reply came before that time, NULL if there is none:
// what had its reply before that request must have been heard before.
const struct operation *hearing_asked(const struct hearing *hearing,
                                      int64_t time);

#endif
