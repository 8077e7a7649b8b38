// game_race: the data race at which a game does not end.
#ifndef GAME_RACE_H
#define GAME_RACE_H

#include <jansson.h>

#include "options.h"
#include "program.h"
#include "symbols.h"

// Looks for one in runs by chance, before the game begins. Returns the finding
// (FORMAT.md), or JSON's null; NULL, after a sentence: the program has gone.
json_t *game_race(struct program *program, const struct options *options,
                  struct symbols *symbols);

#endif
