// Bug: main frees what a worker uses as soon as the worker says that it has
// finished, which it says too early.
#include "threads.h"

struct job {
    int is_finished, sum;
    pthread_mutex_t lock;
};

static struct job *job;

static void *work(void *argument)
{
    pthread_mutex_lock(&job->lock);
    job->sum = 6;
#ifdef FIXED
    job->sum++;
#endif
    job->is_finished = 1;
    pthread_mutex_unlock(&job->lock);
#ifndef FIXED
    job->sum++;
#endif
    return argument;
}

int main(void)
{
    job = calloc(1, sizeof *job);
    pthread_mutex_init(&job->lock, NULL);
    start(work, 0);
#ifdef FIXED
    join_all();
    free(job);
#else
    pthread_mutex_lock(&job->lock);
    int is_finished = job->is_finished;
    pthread_mutex_unlock(&job->lock);
    if (is_finished)
        free(job);
    join_all();
#endif
    return 0;
}
