// A box office with a fixed number of threads. SIGTERM ends it: what has been
// accepted is finished, and everybody is told.
//
// usage: server PORT [SEATS [WORKERS]]
#include "pool.h"
#include "serve.h"
#include "theatre.h"

enum { ROOM = 16 }; // clients in the queue; the others wait in the kernel's

static void attend(int connection)
{
    if (serve_client(connection) && pool_is_closing())
        theatre_say_closing(connection);
}

static bool open_pool(int workers)
{
    return pool_open(workers, ROOM, attend);
}

int main(int argc, char *argv[])
{
    static const struct theatre pooled = {open_pool, pool_put, pool_is_closing,
                                          pool_close};

    return theatre_run(argc, argv, &pooled);
}
