// theatre: a server with workers, from its opening to its end.
#ifndef THEATRE_H
#define THEATRE_H

#include <stdbool.h>

// What is different from theatre to theatre.
struct theatre {
    // Starts so many workers. Returns false, and says why, if that fails.
    bool (*open)(int workers);
    // Takes a client in, and owns its connection from then on. Returns false if
    // it can't: it is closing, or something runs short.
    bool (*admit)(int connection);
    bool (*is_closing)(void);
    // Lets clients read their last replies for so many milliseconds, and ends.
    void (*close)(int patience);
};

// Opens a theatre as the command line says (options.h), and lets clients in
// until SIGTERM or SIGINT. Then it closes. Returns the exit status of the
// process; other threads may still run then.
int theatre_run(int argc, char *argv[], const struct theatre *theatre);

// Tells a client that the house closes.
void theatre_say_closing(int connection);

#endif
