// options: the command line that all servers of the kit share.
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

enum { WORKERS_LIMIT = 4096 };

struct options {
    int port;    // 0 to 65535; 0 lets the system choose
    int seats;   // 1 to SEATS_LIMIT, 40 if the command line does not say
    int workers; // 1 to WORKERS_LIMIT, 4 if the command line does not say;
                 // there are workers from lab 09 on
};

// Reads "server PORT [SEATS [WORKERS]]". When the command line is wrong, says
// so in one sentence on standard error and returns false: exit with status 2
// then.
bool options_parse(int argc, char *argv[], struct options *options);

#endif
