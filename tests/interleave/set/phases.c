// Bug: a thread may begin a phase when the other has finished the one before,
// but says so before its work of the phase is done.
#include <stdatomic.h>

#include "threads.h"

enum { PHASES = 3 };

static atomic_int phase[2], work[2];

static void *go(void *argument)
{
    int self = (int)(intptr_t)argument, other = 1 - self;

    for (int i = 1; i <= PHASES; i++) {
#ifdef FIXED
        work[self]++;
        phase[self] = i;
#else
        phase[self] = i;
        work[self]++;
#endif
        while (phase[other] < i)
            continue;
        assert(work[other] >= i);
    }
    return NULL;
}

int main(void)
{
    start_many(go, 2);
    join_all();
    return 0;
}
