// game: a run that somebody schedules by hand, choice by choice.
//
// Nothing is ever taken back in a program that runs: each choice makes a new
// run, which follows all choices so far and stops behind the last one.
#ifndef GAME_H
#define GAME_H

#include <stdbool.h>
#include <stdint.h>

#include "options.h"
#include "program.h"
#include "shared.h"

struct game {
    struct program *program;
    uint32_t *made; // how many choices there were when a person chose
    uint32_t turns; // that a person chose
    uint32_t seen;  // steps of the run that were there before the last choice
    bool over;      // the run has come to its end
    char name[THREADS_LIMIT][NAME_LIMIT]; // of threads, at the end of a run
};

// Finds out which accesses race, so that they can be chosen about, and begins.
// Returns false, after a sentence, if there is no memory or the program has
// gone; so do the others.
bool game_begin(struct game *game, struct program *program,
                const struct options *options);
void game_end(struct game *game);

// Whether the thread can be chosen.
bool game_may_go(const struct game *game, int thread);

// Whether such a step commutes with all that others do: then nothing is to be
// chosen, and who is about to make it makes it at once.
bool game_commutes(int deed);

// The thread makes its step. When then only one thread can go on it does so,
// until there is a choice again.
bool game_choose(struct game *game, int thread);

// Begins anew and makes these choices: all that there were, also where only one
// thread could go on (order.exact).
bool game_follow(struct game *game, const uint8_t *choice, uint32_t count);

// As before the last choice. Nothing happens before the first.
bool game_undo(struct game *game);

// No more choices: to the end.
bool game_finish(struct game *game);

// Threads that have not taken their names yet get them, for those who tell of
// the run.
void game_name_threads(struct game *game);

// The thread that made the last step; -1: none.
int game_last(const struct game *game);

#endif
