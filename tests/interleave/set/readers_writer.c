// Bug: a reader that finds no writer counts itself in only after it has given
// up the lock: a writer may come in between.
#include "threads.h"

static int readers, writing, value;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t left = PTHREAD_COND_INITIALIZER;

static void *read_value(void *argument)
{
    pthread_mutex_lock(&lock);
    while (writing)
        pthread_cond_wait(&left, &lock);
#ifndef FIXED
    pthread_mutex_unlock(&lock);
    pthread_mutex_lock(&lock);
#endif
    readers++;
    pthread_mutex_unlock(&lock);
    int before = value;
    assert(before % 2 == 0);
    pthread_mutex_lock(&lock);
    readers--;
    pthread_cond_broadcast(&left);
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *write_value(void *argument)
{
    pthread_mutex_lock(&lock);
    while (writing || readers > 0)
        pthread_cond_wait(&left, &lock);
    writing = 1;
    pthread_mutex_unlock(&lock);
    value++;
    value++;
    pthread_mutex_lock(&lock);
    writing = 0;
    pthread_cond_broadcast(&left);
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    start_many(read_value, 2);
    start_many(write_value, 2);
    join_all();
    assert(value == 4);
    return 0;
}
