// Bug: the producer moves the end of the buffer before it has written the item.
#include <stdatomic.h>

#include "threads.h"

enum { ROOM = 3, ITEMS = 5 };

static int buffer[ROOM];
static atomic_int first, last;

static void *produce(void *argument)
{
    for (int i = 1; i <= ITEMS; i++) {
        while ((last + 1) % ROOM == first)
            continue;
#ifdef FIXED
        buffer[last] = i;
        last = (last + 1) % ROOM;
#else
        int place = last;
        last = (place + 1) % ROOM;
        buffer[place] = i;
#endif
    }
    return argument;
}

static void *consume(void *argument)
{
    for (int i = 1; i <= ITEMS; i++) {
        while (first == last)
            continue;
        assert(buffer[first] == i);
        first = (first + 1) % ROOM;
    }
    return argument;
}

int main(void)
{
    start(produce, 0);
    start(consume, 0);
    join_all();
    return 0;
}
