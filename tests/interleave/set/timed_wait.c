// Bug: a wait that came to the end of its time is taken for success.
#include <errno.h>
#include <time.h>

#include "threads.h"

static int answer;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t answered = PTHREAD_COND_INITIALIZER;

static void *reply(void *argument)
{
    pthread_mutex_lock(&lock);
    answer = 42;
    pthread_cond_signal(&answered);
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *ask(void *argument)
{
    struct timespec until;
    int error = 0;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec++;
    pthread_mutex_lock(&lock);
    while (answer == 0 && error != ETIMEDOUT)
        error = pthread_cond_timedwait(&answered, &lock, &until);
#ifdef FIXED
    if (error != ETIMEDOUT)
#endif
        assert(answer == 42);
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    start(ask, 0);
    start(reply, 0);
    join_all();
    return 0;
}
