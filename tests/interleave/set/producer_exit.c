// Bug: the last producer says that all is done when it has produced, but
// another producer has not finished yet: the consumer goes too early.
#include "threads.h"

enum { PRODUCERS = 2, EACH = 2 };

static int items, consumed, finished;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void *produce(void *argument)
{
    for (int i = 0; i < EACH; i++) {
        pthread_mutex_lock(&lock);
        items++;
        pthread_cond_signal(&changed);
        pthread_mutex_unlock(&lock);
    }
    pthread_mutex_lock(&lock);
    finished++;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    return argument;
}

static int all_is_done(void)
{
#ifdef FIXED
    return finished == PRODUCERS;
#else
    return finished > 0;
#endif
}

static void *consume(void *argument)
{
    pthread_mutex_lock(&lock);
    for (;;) {
        while (items == 0 && !all_is_done())
            pthread_cond_wait(&changed, &lock);
        if (items == 0)
            break;
        items--;
        consumed++;
    }
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    start_many(produce, PRODUCERS);
    start(consume, 0);
    join_all();
    assert(consumed == PRODUCERS * EACH);
    return 0;
}
