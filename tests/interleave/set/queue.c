// Bug: the element and the count of a queue are changed under two locks, and
// a reader trusts the count.
#include "threads.h"

enum { ITEMS = 3 };

static int item[ITEMS], count, filled;
static pthread_mutex_t item_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t count_lock = PTHREAD_MUTEX_INITIALIZER;

static void fill(void)
{
    pthread_mutex_lock(&item_lock);
    item[filled] = filled + 1;
    filled++;
    pthread_mutex_unlock(&item_lock);
}

static void count_one(void)
{
    pthread_mutex_lock(&count_lock);
    count++;
    pthread_mutex_unlock(&count_lock);
}

static void *enqueue(void *argument)
{
    for (int i = 0; i < ITEMS; i++) {
#ifdef FIXED
        fill();
        count_one();
#else
        count_one();
        fill();
#endif
    }
    return argument;
}

static void *dequeue(void *argument)
{
    for (int i = 0; i < ITEMS; i++) {
        pthread_mutex_lock(&count_lock);
        int ready = count;
        pthread_mutex_unlock(&count_lock);
        if (i >= ready)
            break;
        pthread_mutex_lock(&item_lock);
        assert(item[i] == i + 1);
        pthread_mutex_unlock(&item_lock);
    }
    return argument;
}

int main(void)
{
    start(enqueue, 0);
    start(dequeue, 0);
    join_all();
    return 0;
}
