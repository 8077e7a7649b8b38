// Bug: Peterson's lock with the two announcements in the wrong order.
#include <stdatomic.h>

#include "threads.h"

static atomic_bool wants[2];
static atomic_int turn, inside;

static void *enter(void *argument)
{
    int self = (int)(intptr_t)argument;

#ifdef FIXED
    wants[self] = true;
    turn = 1 - self;
#else
    turn = 1 - self;
    wants[self] = true;
#endif
    while (wants[1 - self] && turn == 1 - self)
        continue;
    assert(++inside == 1);
    inside--;
    wants[self] = false;
    return NULL;
}

int main(void)
{
    start_many(enter, 2);
    join_all();
    return 0;
}
