// Bug: whoever finds nothing makes it: two find nothing, and both make one.
#include "threads.h"

static int *table;
static int made;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int *table_get(void)
{
    pthread_mutex_lock(&lock);
    int *found = table;
#ifndef FIXED
    pthread_mutex_unlock(&lock);
#endif
    if (found == NULL) {
        found = calloc(4, sizeof *found);
#ifndef FIXED
        pthread_mutex_lock(&lock);
#endif
        table = found;
        made++;
#ifndef FIXED
        pthread_mutex_unlock(&lock);
#endif
    }
#ifdef FIXED
    pthread_mutex_unlock(&lock);
#endif
    return found;
}

static void *use(void *argument)
{
    table_get();
    return argument;
}

int main(void)
{
    start_many(use, 2);
    join_all();
    assert(made == 1);
    return 0;
}
