// Bug: a request asks whether the driver is stopping and only then counts
// itself in: the driver may stop in between.
#include <stdatomic.h>

#include "threads.h"

static atomic_int requests = 1; // the driver itself counts, too
static atomic_bool stopping, stopped;

static void leave(void)
{
    if (--requests == 0)
        stopped = true;
}

static bool enter(void)
{
#ifdef FIXED
    int now = requests;
    do
        if (now == 0 || stopping)
            return false;
    while (!atomic_compare_exchange_strong(&requests, &now, now + 1));
#else
    if (stopping)
        return false;
    requests++;
#endif
    return true;
}

static void *work(void *argument)
{
    if (enter()) {
        assert(!stopped);
        leave();
    }
    return argument;
}

static void *stop(void *argument)
{
    stopping = true;
    leave();
    return argument;
}

int main(void)
{
    start(work, 0);
    start(stop, 0);
    join_all();
    assert(stopped);
    return 0;
}
