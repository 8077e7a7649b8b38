// svg: a run as a picture, for slides and handouts.
#ifndef SVG_H
#define SVG_H

#include <stdbool.h>
#include <stdio.h>

#include "story.h"

// Draws the steps that matter (all: every one) as one SVG 1.1 document: a
// column a thread, time downwards, text that can be searched, readable without
// colours. Returns false if there is no memory.
bool svg_draw(FILE *file, const struct story *story, bool all,
              const char *program);

#endif
