// Two clerks count the seats that they sell in one counter.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static int sold;

static void *sell(void *name)
{
    pthread_setname_np(pthread_self(), name);
    sold++; // @count
    return NULL;
}

int main(void)
{
    pthread_t alice, bob;

    pthread_create(&alice, NULL, sell, "alice");
    pthread_create(&bob, NULL, sell, "bob");
    pthread_join(alice, NULL);
    pthread_join(bob, NULL);
    assert(sold == 2);
    return 0;
}
