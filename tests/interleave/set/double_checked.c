// Bug: double-checked locking that publishes the object before it is filled.
#include <stdatomic.h>

#include "threads.h"

struct house {
    int seats;
};

static _Atomic(struct house *) house;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct house *house_get(void)
{
    struct house *found = house;

    if (found != NULL)
        return found;
    pthread_mutex_lock(&lock);
    found = house;
    if (found == NULL) {
        found = calloc(1, sizeof *found);
#ifdef FIXED
        found->seats = 100;
        house = found;
#else
        house = found;
        found->seats = 100;
#endif
    }
    pthread_mutex_unlock(&lock);
    return found;
}

static void *use(void *argument)
{
    assert(house_get()->seats == 100);
    return argument;
}

int main(void)
{
    start_many(use, 3);
    join_all();
    return 0;
}
