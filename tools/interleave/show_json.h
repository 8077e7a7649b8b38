// show_json: a run as JSON, for players: FORMAT.md.
#ifndef SHOW_JSON_H
#define SHOW_JSON_H

#include <stdio.h>

#include "story.h"

// Returns false if there is no memory.
bool show_json(FILE *file, const struct story *story, char *command[]);

#endif
