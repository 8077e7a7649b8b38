// page: the player (tools/player) as one page, with data in it.
#ifndef PAGE_H
#define PAGE_H

#include <jansson.h>
#include <stdbool.h>

// Writes the page to a file. What it is called goes into the data; NULL: as the
// program. Returns false, after a sentence, if it cannot be written.
bool page_write(const char *path, const char *title, json_t *data);

#endif
