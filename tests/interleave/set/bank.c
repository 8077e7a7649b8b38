// Bug: each account has its lock, but the auditor sums the accounts while a
// transfer is between the two.
#include "threads.h"

enum { ACCOUNTS = 3, EACH = 10 };

static int balance[ACCOUNTS] = {EACH, EACH, EACH};
static pthread_mutex_t lock[ACCOUNTS] = {PTHREAD_MUTEX_INITIALIZER,
                                         PTHREAD_MUTEX_INITIALIZER,
                                         PTHREAD_MUTEX_INITIALIZER};
static pthread_mutex_t whole = PTHREAD_MUTEX_INITIALIZER;

static void book(int account, int amount)
{
    pthread_mutex_lock(&lock[account]);
    balance[account] += amount;
    pthread_mutex_unlock(&lock[account]);
}

static void begin(void)
{
#ifdef FIXED
    pthread_mutex_lock(&whole);
#endif
}

static void end(void)
{
#ifdef FIXED
    pthread_mutex_unlock(&whole);
#endif
}

static void *transfer(void *argument)
{
    int from = (int)(intptr_t)argument;

    begin();
    book(from, -5);
    book((from + 1) % ACCOUNTS, 5);
    end();
    return NULL;
}

static void *audit(void *argument)
{
    int sum = 0;

    begin();
    for (int i = 0; i < ACCOUNTS; i++) {
        pthread_mutex_lock(&lock[i]);
        sum += balance[i];
        pthread_mutex_unlock(&lock[i]);
    }
    end();
    assert(sum == ACCOUNTS * EACH);
    return argument;
}

int main(void)
{
    (void)whole;
    start_many(transfer, ACCOUNTS);
    start(audit, 0);
    join_all();
    return 0;
}
