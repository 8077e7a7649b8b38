// Bug: a task is handed in after the pool was asked whether it is closing: the
// workers have gone, and the task is lost.
#include "threads.h"

static int tasks, accepted, done, closing;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void *work(void *argument)
{
    pthread_mutex_lock(&lock);
    for (;;) {
        while (tasks == 0 && !closing)
            pthread_cond_wait(&changed, &lock);
        if (tasks == 0)
            break;
        tasks--;
        done++;
    }
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *submit(void *argument)
{
    for (int i = 0; i < 2; i++) {
        pthread_mutex_lock(&lock);
        int is_open = !closing;
#ifndef FIXED
        pthread_mutex_unlock(&lock);
        pthread_mutex_lock(&lock);
#endif
        if (is_open) {
            accepted++;
            tasks++;
            pthread_cond_signal(&changed);
        }
        pthread_mutex_unlock(&lock);
    }
    return argument;
}

static void *close_pool(void *argument)
{
    pthread_mutex_lock(&lock);
    closing = 1;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    start_many(work, 2);
    start(submit, 0);
    start(close_pool, 0);
    join_all();
    assert(done == accepted);
    return 0;
}
