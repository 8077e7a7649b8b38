// Bug: a transfer reads the balance in one critical section and writes it in
// another, so a deposit in between is lost.
#include "threads.h"

static int balance = 100;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *deposit(void *argument)
{
    pthread_mutex_lock(&lock);
    balance += 50;
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *transfer(void *argument)
{
    pthread_mutex_lock(&lock);
    int before = balance;
#ifndef FIXED
    pthread_mutex_unlock(&lock);
    pthread_mutex_lock(&lock);
#endif
    balance = before - 30;
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    start(deposit, 0);
    start(transfer, 1);
    join_all();
    assert(balance == 120);
    return 0;
}
