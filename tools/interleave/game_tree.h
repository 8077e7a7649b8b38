// game_tree: all that a person can choose in a small program, for the player.
#ifndef GAME_TREE_H
#define GAME_TREE_H

#include <jansson.h>

#include "game.h"
#include "symbols.h"

// Makes every choice in every position, each time in a new run. What it returns
// is described in FORMAT.md ("A game"), with `race`, which game_race() has
// found; the caller releases both. NULL, after a sentence: there are too many
// positions, or the program has gone.
json_t *game_tree(struct game *game, struct symbols *symbols, char *command[],
                  json_t *race);

#endif
