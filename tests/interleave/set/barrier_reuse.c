// Bug: a barrier of one's own that is used again: a fast thread is at the next
// meeting before a slow one has seen that this one has come to its end.
#include "threads.h"

enum { THREADS = 3, ROUNDS = 2 };

static int arrived, meeting;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t open = PTHREAD_COND_INITIALIZER;

static void meet(void)
{
    pthread_mutex_lock(&lock);
    int mine = meeting;
    if (++arrived == THREADS) {
        arrived = 0;
        meeting++;
        pthread_cond_broadcast(&open);
    }
#ifdef FIXED
    while (mine == meeting)
        pthread_cond_wait(&open, &lock);
#else
    while (mine == meeting || arrived != 0)
        pthread_cond_wait(&open, &lock);
#endif
    pthread_mutex_unlock(&lock);
}

static void *go(void *argument)
{
    for (int round = 0; round < ROUNDS; round++)
        meet();
    return argument;
}

int main(void)
{
    start_many(go, THREADS);
    join_all();
    assert(meeting == ROUNDS);
    return 0;
}
