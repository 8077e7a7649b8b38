// Bug: lost updates in a row: three rounds of two threads may leave the sum at
// two, when each overwrites all that the other has done.
#include <stdatomic.h>

#include "../threads.h"

enum { ROUNDS = 3 };

static atomic_int sum;

static void *add(void *argument)
{
    for (int i = 0; i < ROUNDS; i++) {
#ifdef FIXED
        sum++;
#else
        int before = sum;
        sum = before + 1;
#endif
    }
    return argument;
}

int main(void)
{
    start_many(add, 2);
    join_all();
    assert(sum > 2);
    return 0;
}
