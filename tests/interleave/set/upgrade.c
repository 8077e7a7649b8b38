// Bug: a thread looks under a read lock and acts under a write lock, and does
// not look again in between.
#include "threads.h"

static int entries, value;
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void *add_once(void *argument)
{
    pthread_rwlock_rdlock(&lock);
    int missing = entries == 0;
    pthread_rwlock_unlock(&lock);
    if (!missing)
        return argument;
    pthread_rwlock_wrlock(&lock);
#ifdef FIXED
    missing = entries == 0;
#endif
    if (missing) {
        entries++;
        value = 7;
    }
    pthread_rwlock_unlock(&lock);
    return argument;
}

int main(void)
{
    start_many(add_once, 3);
    join_all();
    assert(entries == 1 && value == 7);
    return 0;
}
