// history_text: a history that is written in the test.
#ifndef HISTORY_TEXT_H
#define HISTORY_TEXT_H

#include <string.h>

#include "swarm/history.h"

// Reads it as a file. Returns 0, or the number of the first line that is not
// understood. The caller releases the history in any case.
static inline int read_text(struct history *history, const char *text)
{
    FILE *file = fmemopen((void *)(uintptr_t)text, strlen(text), "r");

    history_init(history, SEATS_LIMIT);
    int line = history_read(history, file);
    fclose(file);
    return line;
}

#endif
