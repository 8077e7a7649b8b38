// Bug: each worker adds its part to a sum that nobody guards.
#include "threads.h"

enum { WORKERS = 3, EACH = 4 };

static int sum;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *add(void *argument)
{
    for (int i = 0; i < EACH; i++) {
#ifdef FIXED
        pthread_mutex_lock(&lock);
#endif
        sum += 1;
#ifdef FIXED
        pthread_mutex_unlock(&lock);
#endif
    }
    return argument;
}

int main(void)
{
    (void)lock;
    start_many(add, WORKERS);
    join_all();
    assert(sum == WORKERS * EACH);
    return 0;
}
