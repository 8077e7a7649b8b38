// Bug: the flag of a once of one's own says "done" when it has only begun.
#include <stdatomic.h>

#include "threads.h"

static atomic_int has_begun, is_done, value;

static void once(void)
{
    if (atomic_exchange(&has_begun, 1) == 0) {
        value = 7;
        is_done = 1;
    }
#ifdef FIXED
    while (!is_done)
        continue;
#endif
}

static void *use(void *argument)
{
    once();
    assert(value == 7);
    return argument;
}

int main(void)
{
    start_many(use, 2);
    join_all();
    return 0;
}
