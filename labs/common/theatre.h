// theatre: a server with a pool of workers, from its opening to its end.
#ifndef THEATRE_H
#define THEATRE_H

#include <stdbool.h>

// Opens a theatre as the command line says (options.h), and has each client
// served by a worker, which calls `serve`. Until SIGTERM or SIGINT: then the
// pool is closed (pool.h). `serve` returns whether its client may still listen:
// who does is told that the house closes. Returns the exit status of the
// process; other threads may still run then.
int theatre_run(int argc, char *argv[], bool (*serve)(int connection));

#endif
