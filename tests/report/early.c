// Looks once, and waits: whoever wakes without a signal does not look again.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t returned = PTHREAD_COND_INITIALIZER;
static int seats;

static void *buy(void *unused)
{
    pthread_mutex_lock(&lock);
    if (seats == 0)
        pthread_cond_wait(&returned, &lock);
    assert(seats > 0);
    seats--;
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t customer;

    pthread_create(&customer, NULL, buy, NULL);
    pthread_mutex_lock(&lock);
    seats++;
    pthread_cond_signal(&returned);
    pthread_mutex_unlock(&lock);
    return pthread_join(customer, NULL);
}
