// game_node: a position of a game, for the player: who can go on, and who
// cannot.
#ifndef GAME_NODE_H
#define GAME_NODE_H

#include <jansson.h>

#include "game.h"
#include "story.h"

// The position in which the game is, as FORMAT.md describes a node ("A game"),
// without what the moves lead to. The caller releases it.
json_t *game_node(const struct game *game, const struct story *story);

#endif
