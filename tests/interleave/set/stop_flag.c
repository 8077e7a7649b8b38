// Bug: the flag that stops the worker is set without the lock: the worker may
// have looked already, and not wait yet when the signal comes.
#include <stdatomic.h>

#include "threads.h"

static atomic_bool stopping;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void *work(void *argument)
{
    pthread_mutex_lock(&lock);
    while (!stopping)
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *stop(void *argument)
{
#ifdef FIXED
    pthread_mutex_lock(&lock);
#endif
    stopping = true;
    pthread_cond_signal(&changed);
#ifdef FIXED
    pthread_mutex_unlock(&lock);
#endif
    return argument;
}

int main(void)
{
    start(work, 0);
    start(stop, 0);
    join_all();
    return 0;
}
