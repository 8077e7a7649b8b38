// Bug: each says that it is done and then looks whether the other is; when both
// are, both turn off the light.
#include <stdatomic.h>

#include "threads.h"

static atomic_bool is_done[2];
static atomic_int turned_off, inside = 2;

static void *leave(void *argument)
{
    int self = (int)(intptr_t)argument;

#ifdef FIXED
    if (--inside == 0)
        turned_off++;
    is_done[self] = true;
#else
    is_done[self] = true;
    if (is_done[1 - self])
        turned_off++;
#endif
    return NULL;
}

int main(void)
{
    start_many(leave, 2);
    join_all();
    assert(inside >= 0 && turned_off == 1);
    return 0;
}
