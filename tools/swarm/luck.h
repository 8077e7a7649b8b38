// luck: guesses that can be changed for a part of the time only.
//
// Where what happened is guessed, the likeliest guess is the first one. When it
// turns out to be wrong at some time, only what was guessed about that time is
// guessed anew: in a long history there are many guesses, and nearly all of
// them were right.
#ifndef LUCK_H
#define LUCK_H

#include <stdint.h>

enum { LUCK_PARTS = 1000 }; // at most

struct luck {
    int64_t start, end; // of the time that is divided
    int parts;
    uint64_t part[LUCK_PARTS]; // how often it was changed
};

// The likeliest guesses, for that time, in which so much happened.
void luck_init(struct luck *luck, int64_t start, int64_t end, int operations);

// The guesses about that moment, or a little before, were wrong. If that is
// said again and again, what is farther off is changed, too.
void luck_change(struct luck *luck, int64_t time);

// The guesses about all of the time were wrong, so often.
void luck_set(struct luck *luck, int changes);

// How often it was said of that time.
int luck_changes(const struct luck *luck, int64_t time);

// A guess about something that happened at that time; `what` tells it from the
// others. From 0 to limit - 1; 0 is the likeliest, and the only one at first.
int luck_guess(const struct luck *luck, int64_t time, int what, int limit);

#endif
