// game_class: which runs of a game come to the same position.
#ifndef GAME_CLASS_H
#define GAME_CLASS_H

#include <stdint.h>

#include "shared.h"

// The class of the run so far. Two runs are in the same one if they differ only
// in the order of steps that do not conflict (Mazurkiewicz 1977): each thread
// has made the same steps, and the steps at each object have the same order,
// but for reads with no write between them. Then the program is in the same
// state.
uint64_t game_class(const struct shared *shared);

#endif
