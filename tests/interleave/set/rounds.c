// Bug: two threads add to each other's number without a lock, and one who looks
// twice may see the numbers apart by more than a round.
#include "threads.h"

enum { ROUNDS = 4 };

static int left, right;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *count(void *argument)
{
    for (int i = 0; i < ROUNDS; i++) {
        pthread_mutex_lock(&lock);
        left++;
#ifndef FIXED
        pthread_mutex_unlock(&lock);
        pthread_mutex_lock(&lock);
#endif
        right++;
        pthread_mutex_unlock(&lock);
    }
    return argument;
}

static void *look(void *argument)
{
    pthread_mutex_lock(&lock);
    int distance = left - right;
    pthread_mutex_unlock(&lock);
    assert(distance <= 1);
    return argument;
}

int main(void)
{
    start_many(count, 2);
    start(look, 0);
    join_all();
    return 0;
}
