// Bug: a condition is waited for while a second lock is held, which the one who
// would signal needs.
#include "threads.h"

static int is_full;
static pthread_mutex_t house = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void *await(void *argument)
{
    pthread_mutex_lock(&house);
#ifdef FIXED
    pthread_mutex_unlock(&house);
#endif
    pthread_mutex_lock(&lock);
    while (!is_full)
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
#ifndef FIXED
    pthread_mutex_unlock(&house);
#endif
    return argument;
}

static void *fill(void *argument)
{
    pthread_mutex_lock(&house);
    pthread_mutex_lock(&lock);
    is_full = 1;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    pthread_mutex_unlock(&house);
    return argument;
}

int main(void)
{
    start(fill, 0);
    start(await, 0);
    join_all();
    assert(is_full);
    return 0;
}
