#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "seats.h"

enum { DEFAULT_SEATS = 40, DEFAULT_WORKERS = 4 };

// A whole decimal number from `low` to `high`, nothing before or behind it.
static bool parse_number(const char *text, int low, int high, int *number)
{
    size_t length = strlen(text);

    if (length == 0 || length > 5 || strspn(text, "0123456789") != length)
        return false;
    *number = atoi(text);
    return *number >= low && *number <= high;
}

bool options_parse(int argc, char *argv[], struct options *options)
{
    options->seats = DEFAULT_SEATS;
    options->workers = DEFAULT_WORKERS;
    if (argc < 2 || argc > 4) {
        fprintf(stderr, "usage: server PORT [SEATS [WORKERS]]\n");
        return false;
    }
    if (!parse_number(argv[1], 0, 65535, &options->port)) {
        fprintf(stderr,
                "server: '%s' is not a port: take a number from 1 to 65535, "
                "or 0 for any free port\n",
                argv[1]);
        return false;
    }
    if (argc > 2 && !parse_number(argv[2], 1, SEATS_LIMIT, &options->seats)) {
        fprintf(stderr, "server: a house has 1 to %d seats, not '%s'\n",
                SEATS_LIMIT, argv[2]);
        return false;
    }
    if (argc > 3 &&
        !parse_number(argv[3], 1, WORKERS_LIMIT, &options->workers)) {
        fprintf(stderr, "server: there can be 1 to %d workers, not '%s'\n",
                WORKERS_LIMIT, argv[3]);
        return false;
    }
    return true;
}
