// One function counts a sale, the other one takes it back. Each has a lock.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t sales_lock = PTHREAD_MUTEX_INITIALIZER;
static int sold = 1, refunds;

static void *sell(void *name)
{
    pthread_setname_np(pthread_self(), name);
    pthread_mutex_lock(&sales_lock);
    sold++; // @sell
    pthread_mutex_unlock(&sales_lock);
    return NULL;
}

static void *refund(void *name)
{
    pthread_setname_np(pthread_self(), name);
    pthread_mutex_lock(&sales_lock);
    refunds++;
    sold--; // @refund
    pthread_mutex_unlock(&sales_lock);
    return NULL;
}

int main(void)
{
    pthread_t alice, bob;

    pthread_create(&alice, NULL, sell, "alice");
    pthread_create(&bob, NULL, refund, "bob");
    pthread_join(alice, NULL);
    pthread_join(bob, NULL);
    assert(sold == 1 && refunds == 1);
    return 0;
}
