// lanes: a run, drawn with one column a thread.
#ifndef LANES_H
#define LANES_H

#include <stdbool.h>
#include <stdio.h>

#include "shared.h"
#include "story.h"
#include "symbols.h"

// Draws the steps that matter (all: every one), 80 columns wide, and says under
// them what went wrong. Colours only on a terminal, and not with NO_COLOR.
void lanes_draw_story(FILE *file, const struct story *story, bool all);

// The same for the run in `shared`, which was recorded with record_all.
void lanes_draw(FILE *file, const struct shared *shared,
                struct symbols *symbols, bool all);

// Only the sentence.
void lanes_explain(FILE *file, const struct shared *shared,
                   struct symbols *symbols);

#endif
