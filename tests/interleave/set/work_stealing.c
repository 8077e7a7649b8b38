// Bug: a thief looks whether there is an item before it has said that it takes
// one: the owner may take the same in the meantime.
#include <stdatomic.h>

#include "threads.h"

enum { ITEMS = 3 };

static atomic_int head, tail = ITEMS;
static atomic_int taken[ITEMS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void take(int item)
{
    assert(atomic_fetch_add(&taken[item], 1) == 0);
}

// Takes from the tail; the lock decides when a thief is there, too.
static bool pop(void)
{
    int last = --tail;

    if (head <= last) {
        take(last);
        return true;
    }
    tail++;
    pthread_mutex_lock(&lock);
    last = --tail;
    bool got = head <= last;
    if (!got)
        tail++;
    pthread_mutex_unlock(&lock);
    if (got)
        take(last);
    return got;
}

static void *work(void *argument)
{
    while (pop())
        continue;
    return argument;
}

// Takes from the head.
static void *steal(void *argument)
{
    pthread_mutex_lock(&lock);
#ifdef FIXED
    int first = head++;
    bool got = first < tail;
    if (!got)
        head--;
#else
    int first = head;
    bool got = first < tail;
    if (got)
        head++;
#endif
    pthread_mutex_unlock(&lock);
    if (got)
        take(first);
    return argument;
}

int main(void)
{
    start(work, 0);
    start_many(steal, 2);
    join_all();
    return 0;
}
