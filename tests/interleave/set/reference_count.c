// Bug: whoever drops a reference looks at the count in a second step: two may
// see zero and free twice, or one uses what another has freed.
#include <stdatomic.h>

#include "threads.h"

enum { USERS = 3 };

struct seat {
    atomic_int references;
    int number;
};

static void drop(struct seat *seat)
{
#ifdef FIXED
    if (atomic_fetch_sub(&seat->references, 1) == 1)
        free(seat);
#else
    seat->references--;
    if (seat->references == 0)
        free(seat);
#endif
}

static struct seat *seat;

static void *use(void *argument)
{
    assert(seat->number == 7);
    drop(seat);
    return argument;
}

int main(void)
{
    seat = malloc(sizeof *seat);
    seat->references = USERS;
    seat->number = 7;
    start_many(use, USERS);
    join_all();
    return 0;
}
