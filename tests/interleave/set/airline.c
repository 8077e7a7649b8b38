// Bug: many agents each sell while the plane is not full, but a sale is counted
// after the question: too many are sold.
#include "threads.h"

enum { AGENTS = 6, SEATS = 5 };

static int sold;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *sell(void *argument)
{
    pthread_mutex_lock(&lock);
    int is_full = sold == SEATS;
#ifndef FIXED
    pthread_mutex_unlock(&lock);
    pthread_mutex_lock(&lock);
#endif
    if (!is_full)
        sold++;
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    start_many(sell, AGENTS);
    join_all();
    assert(sold == SEATS);
    return 0;
}
