// Bug: the signal is sent whether or not anybody waits yet, and the waiter does
// not ask whether it has come already.
#include "threads.h"

static int is_ready;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;

static void *tell(void *argument)
{
    pthread_mutex_lock(&lock);
    is_ready = 1;
    pthread_cond_broadcast(&ready);
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *await(void *argument)
{
    pthread_mutex_lock(&lock);
#ifdef FIXED
    while (!is_ready)
        pthread_cond_wait(&ready, &lock);
#else
    do
        pthread_cond_wait(&ready, &lock);
    while (!is_ready);
#endif
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    start_many(await, 3);
    start(tell, 0);
    join_all();
    return 0;
}
