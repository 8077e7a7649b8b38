// words: a step in words.
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "shared.h"
#include "symbols.h"

// "41 reads sold -> 0": the line, what is done, to what, and the value. `named`
// puts the thread's name in front.
void words_step(const struct shared *shared, struct symbols *symbols,
                const struct step *step, bool named, char *text, size_t size);

#endif
