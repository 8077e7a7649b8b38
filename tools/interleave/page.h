// page: the player (tools/player) as one page, with data in it.
#ifndef PAGE_H
#define PAGE_H

#include <jansson.h>
#include <stdbool.h>

// Writes the page to a file. Returns false, after a sentence, if it cannot be
// written.
bool page_write(const char *path, const json_t *data);

#endif
