// Bug: one thread guards the counter with another lock than all others.
#include "threads.h"

enum { OTHERS = 3 };

static int counter;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t wrong = PTHREAD_MUTEX_INITIALIZER;

static void *count(void *argument)
{
    pthread_mutex_lock(&lock);
    counter++;
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *count_too(void *argument)
{
    pthread_mutex_t *mine = &wrong;

#ifdef FIXED
    mine = &lock;
#endif
    pthread_mutex_lock(mine);
    int before = counter;
    counter = before + 1;
    assert(counter == before + 1);
    pthread_mutex_unlock(mine);
    return argument;
}

int main(void)
{
    start_many(count, OTHERS);
    start(count_too, 0);
    join_all();
    assert(counter == OTHERS + 1);
    return 0;
}
