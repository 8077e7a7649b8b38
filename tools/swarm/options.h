// options: the command line of swarm.
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "history.h"

enum { VERBS = MAP + 1 };

struct options {
    const char *host;
    const char *port; // a number or the name of a service
    int clients;
    int requests;   // of each client
    int seats;      // that they fight for; 0: the whole house
    int mix[VERBS]; // how often each verb is drawn
    uint64_t seed;
    int rate;       // requests a second of all clients; 0: as fast as they can
    int timeout;    // seconds without any reply after which the server has hung
    bool strangers; // their names are drawn, too
    int watchers;   // that come and go
    int stuck;      // watchers that do not read
    int cut;        // percent of the requests that are broken off
    bool until_closed; // go on until the server ends
    const char *ask;   // what to say instead of booking, or NULL
    bool json;
    const char *history; // file to write, or NULL
    const char *judge;   // file to judge instead of a run, or NULL
};

// What the command line asks for.
enum options_result { OPTIONS_RUN, OPTIONS_HELP, OPTIONS_WRONG };

// Reads the command line. When it is wrong, says so in one sentence on standard
// error: exit with status 2 then. OPTIONS_HELP has printed the help.
enum options_result options_parse(int argc, char *argv[],
                                  struct options *options);

#endif
