// sentence: what a run has found, in a sentence with names and places.
#ifndef SENTENCE_H
#define SENTENCE_H

#include <stddef.h>

#include "shared.h"
#include "symbols.h"

// The text of an outcome, with the names and places that it stands for.
// `object` is what the run calls the object that it is about; NULL: that is not
// known.
void sentence_write(const struct outcome *outcome, struct symbols *symbols,
                    const char *object, char *text, size_t size);

#endif
