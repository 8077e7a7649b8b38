// game_shown: which steps of a game are shown.
//
// What matters in one of its runs is shown in all of them: what a thread has
// done may turn out to be another one's business only later, or only if others
// go on.
#ifndef GAME_SHOWN_H
#define GAME_SHOWN_H

#include <jansson.h>

#include "story.h"

// Whether a step is shown: it matters, or there was a choice.
bool game_shows(const struct story *story, uint32_t number);

// Adds to the object `known` what matters in this run.
void game_shown_note(json_t *known, const struct story *story);

// Marks the steps of the run that matter anywhere, or were chosen.
void game_shown_mark(const json_t *known, struct story *story);

#endif
