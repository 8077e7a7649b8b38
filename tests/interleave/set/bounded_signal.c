// Bug: producers and consumers wait on one condition variable: a signal may
// wake one of the wrong kind, who goes back to sleep, and all sleep for ever.
#include "threads.h"

enum { EACH = 2, ROOM = 1, ROUNDS = 2 };

static int items;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void tell(void)
{
#ifdef FIXED
    pthread_cond_broadcast(&changed);
#else
    pthread_cond_signal(&changed);
#endif
}

static void *produce(void *argument)
{
    for (int i = 0; i < ROUNDS; i++) {
        pthread_mutex_lock(&lock);
        while (items == ROOM)
            pthread_cond_wait(&changed, &lock);
        items++;
        tell();
        pthread_mutex_unlock(&lock);
    }
    return argument;
}

static void *consume(void *argument)
{
    for (int i = 0; i < ROUNDS; i++) {
        pthread_mutex_lock(&lock);
        while (items == 0)
            pthread_cond_wait(&changed, &lock);
        items--;
        tell();
        pthread_mutex_unlock(&lock);
    }
    return argument;
}

int main(void)
{
    start_many(produce, EACH);
    start_many(consume, EACH);
    join_all();
    assert(items == 0);
    return 0;
}
