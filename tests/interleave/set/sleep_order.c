// Bug: main sleeps and then takes it for granted that the other thread is done.
#include <unistd.h>

#include "threads.h"

static int *result;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *compute(void *argument)
{
    int *fresh = malloc(sizeof *fresh);

    *fresh = 42;
    pthread_mutex_lock(&lock);
    result = fresh;
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    start(compute, 0);
#ifdef FIXED
    join_all();
#else
    sleep(1);
#endif
    pthread_mutex_lock(&lock);
    assert(*result == 42);
    pthread_mutex_unlock(&lock);
#ifndef FIXED
    join_all();
#endif
    return 0;
}
