// rows: what a drawing of a run consists of, whatever it is drawn in.
#ifndef ROWS_H
#define ROWS_H

#include <stdbool.h>

#include "story.h"

struct row {
    int thread;
    bool wrong;        // here it goes wrong
    bool is_access;    // to memory
    uint32_t left_out; // so many rows before this one are not here
    char *text; // "12 reads sold -> 0", with the file if there are several
};

struct rows {
    struct row *row;
    uint32_t count;
    int lane[THREADS_LIMIT]; // column of each thread; -1: it has none
    int lanes;
};

// The steps that matter (all: every one), and the endings behind them. Of very
// many that matter those in the middle are left out. Returns false if there is
// no memory.
bool rows_make(struct rows *rows, const struct story *story, bool all);
void rows_free(struct rows *rows);

// Which column each thread gets, in the order of their numbers; main comes last
// if it is the last to do anything. Returns how many there are.
int rows_lanes(const struct story *story, bool all, int lane[THREADS_LIMIT]);

// Breaks text at a blank: how many bytes fit into `room` columns. *rest becomes
// what follows.
int rows_break(const char *text, int room, const char **rest);

#endif
