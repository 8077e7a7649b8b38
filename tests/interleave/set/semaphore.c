// Bug: who gives up gives the semaphore back although it was not taken: then
// two are inside at once.
#include <semaphore.h>

#include "threads.h"

enum { THREADS = 3 };

static sem_t one;
static int inside;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void count(int change)
{
    pthread_mutex_lock(&lock);
    inside += change;
    assert(inside <= 1);
    pthread_mutex_unlock(&lock);
}

static void *work(void *argument)
{
    int got = sem_trywait(&one) == 0;

    if (got) {
        count(1);
        count(-1);
    }
#ifdef FIXED
    if (got)
#endif
        sem_post(&one);
    return argument;
}

int main(void)
{
    sem_init(&one, 0, 1);
    start_many(work, THREADS);
    join_all();
    return 0;
}
