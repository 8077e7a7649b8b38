// Bug: a consumer asks once, with `if`, whether there is something: another
// one may have come first when it wakes.
#include "threads.h"

enum { CONSUMERS = 2 };

static int items;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;

static void *produce(void *argument)
{
    for (int i = 0; i < CONSUMERS; i++) {
        pthread_mutex_lock(&lock);
        items++;
        pthread_cond_signal(&more);
        pthread_mutex_unlock(&lock);
    }
    return argument;
}

static void *consume(void *argument)
{
    pthread_mutex_lock(&lock);
#ifdef FIXED
    while (items == 0)
#else
    if (items == 0)
#endif
        pthread_cond_wait(&more, &lock);
    assert(items > 0);
    items--;
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    start_many(consume, CONSUMERS);
    start(produce, 0);
    join_all();
    return 0;
}
