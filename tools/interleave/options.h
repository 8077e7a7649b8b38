// options: what all commands but cc are told on the command line.
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "shared.h"

enum { JOBS_LIMIT = 64 }; // programs that run at the same time

struct options {
    const char *strategy; // its name
    int depth, bound, jobs;
    uint32_t schedules, steps;
    bool limited;   // `schedules` is what the user wants
    double seconds; // 0: no limit
    uint32_t cpu;   // seconds that a run may compute without a scheduling point
    uint64_t seed;
    bool ignore_races, exit_code, json, quiet, all, svg, text, leaks;
    const char *client[CLIENTS_LIMIT]; // what each asks
    int clients;
    const char *save;     // file, or NULL
    const char *html;     // file, or NULL
    const char *title;    // of that page, or NULL
    char *wrapper;        // a command that runs the program, or NULL
    const char *schedule; // the file of replay, shrink, show
    char **command;       // the program and its arguments
    char **launch; // what is run: these, behind the wrapper if there is one
};

// Reads the arguments of a command; argv[0] is its name. Returns false after a
// sentence on standard error.
bool options_read(struct options *options, bool needs_schedule, int argc,
                  char *argv[]);

// What an order has of the options.
void options_give(const struct options *options, struct order *order);

#endif
