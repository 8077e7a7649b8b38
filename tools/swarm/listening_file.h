// listening_file: what listeners heard, as lines of a history's file.
#ifndef LISTENING_FILE_H
#define LISTENING_FILE_H

#include <stdio.h>

#include "history.h"

void listening_write(const struct history *history, FILE *file);

// Reads a line about a listener into the history. Returns false if it is not
// about any; *understood is set to false if it is, and wrong.
bool listening_read(struct history *history, const char *line,
                    bool *understood);

// Reads an event as the protocol spells it: sets seat, name and sold. Returns
// false if it is none, or not about a seat and a name that the history knows.
bool listening_parse(const struct history *history, const char *line,
                     struct heard *heard);

#endif
