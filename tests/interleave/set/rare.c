// Bug: a lost update among much that is right: the threads meet at another lock
// all the time, and once at the one that matters.
#include "threads.h"

enum { OFTEN = 20 };

static int balance, visits;
static pthread_mutex_t rare = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t often = PTHREAD_MUTEX_INITIALIZER;

static void visit(void)
{
    for (int i = 0; i < OFTEN; i++) {
        pthread_mutex_lock(&often);
        visits++;
        pthread_mutex_unlock(&often);
    }
}

static void *deposit(void *argument)
{
    visit();
    pthread_mutex_lock(&rare);
    int before = balance;
#ifndef FIXED
    pthread_mutex_unlock(&rare);
    pthread_mutex_lock(&rare);
#endif
    balance = before + 1;
    pthread_mutex_unlock(&rare);
    visit();
    return argument;
}

int main(void)
{
    start_many(deposit, 2);
    join_all();
    assert(balance == 2 && visits == 4 * OFTEN);
    return 0;
}
