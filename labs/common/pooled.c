// A box office with a fixed number of threads. SIGTERM ends it: what has been
// accepted is finished, and everybody is told.
//
// usage: server PORT [SEATS [WORKERS]]
#include "serve.h"
#include "theatre.h"

int main(int argc, char *argv[])
{
    return theatre_run(argc, argv, serve_client);
}
