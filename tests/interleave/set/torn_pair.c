// Bug: a reader copies a pair between two looks at a version, but the writer
// makes the version even again before it has written the second half.
#include <stdatomic.h>

#include "threads.h"

static atomic_int version, left, right;

static void *write_pair(void *argument)
{
    for (int i = 1; i <= 2; i++) {
        version++;
        left = i;
#ifdef FIXED
        right = i;
        version++;
#else
        version++;
        right = i;
#endif
    }
    return argument;
}

static void *read_pair(void *argument)
{
    int before, one, two;

    do {
        before = version;
        one = left;
        two = right;
    } while (before % 2 == 1 || before != version);
    assert(one == two);
    return argument;
}

int main(void)
{
    start(write_pair, 0);
    start_many(read_pair, 2);
    join_all();
    return 0;
}
