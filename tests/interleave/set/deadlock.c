// Bug: two threads take two locks in opposite orders.
#include "threads.h"

static int counter;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void count(pthread_mutex_t *outer, pthread_mutex_t *inner)
{
    pthread_mutex_lock(outer);
    pthread_mutex_lock(inner);
    counter++;
    pthread_mutex_unlock(inner);
    pthread_mutex_unlock(outer);
}

static void *one_way(void *argument)
{
    count(&a, &b);
    return argument;
}

static void *other_way(void *argument)
{
#ifdef FIXED
    count(&a, &b);
#else
    count(&b, &a);
#endif
    return argument;
}

int main(void)
{
    start(one_way, 0);
    start(other_way, 0);
    join_all();
    assert(counter == 2);
    return 0;
}
