// schedule: schedules as people write them.
//
//     # both customers see seat 7 free
//     alice until seats.c@check     the line of seats.c with the comment @check
//     bob   until seats.c:41 #2     the second time
//     bob   until lock house        about to take that lock
//     alice until seats_book        about to do something in that function
//     bob   until end
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include <stdbool.h>
#include <stdio.h>

#include "shared.h"
#include "symbols.h"

// Reads a file into the order's turns. Returns false after a sentence on
// standard error that names the line.
bool schedule_read(const char *path, struct symbols *symbols,
                   struct order *order);

// Which line of the file a turn stood in, for the last file that was read.
int schedule_line(int turn);

// Writes the turns of the run in `shared`, which has every access in its trace.
void schedule_print(FILE *file, const struct shared *shared,
                    struct symbols *symbols);

// The same, to a file of that name. Returns false after a sentence if that
// fails.
bool schedule_write(const char *path, const struct shared *shared,
                    struct symbols *symbols);

#endif
