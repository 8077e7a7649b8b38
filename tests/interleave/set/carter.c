// Bug: the first of a group takes a lock for all of it and the last gives it
// back; the two groups take their two locks in opposite orders.
#include "threads.h"

static int readers, writers;
static pthread_mutex_t count = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t resource = PTHREAD_MUTEX_INITIALIZER;

static void *first_group(void *argument)
{
    pthread_mutex_lock(&count);
    readers++;
    if (readers == 1)
        pthread_mutex_lock(&resource);
    pthread_mutex_unlock(&count);
    pthread_mutex_lock(&count);
    readers--;
    if (readers == 0)
        pthread_mutex_unlock(&resource);
    pthread_mutex_unlock(&count);
    return argument;
}

static void *second_group(void *argument)
{
#ifdef FIXED
    pthread_mutex_lock(&resource);
    writers++;
    pthread_mutex_unlock(&resource);
#else
    pthread_mutex_lock(&resource);
    pthread_mutex_lock(&count);
    writers++;
    pthread_mutex_unlock(&count);
    pthread_mutex_unlock(&resource);
#endif
    return argument;
}

int main(void)
{
    start(first_group, 0);
    start_many(second_group, 2);
    join_all();
    assert(writers == 2);
    return 0;
}
