// sentence: what a run has found, in a sentence with names and places.
#ifndef SENTENCE_H
#define SENTENCE_H

#include <stddef.h>

#include "shared.h"
#include "symbols.h"

// The text of an outcome, with the names and places that it stands for.
void sentence_write(const struct outcome *outcome, struct symbols *symbols,
                    char *text, size_t size);

#endif
