// Each of the two counters is atomic. Together they are all seats.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

enum { SEATS = 40 };

static atomic_int unsold = SEATS, sold;

static void *sell(void *name)
{
    pthread_setname_np(pthread_self(), name);
    unsold--; // @first
    sold++;   // @second
    return NULL;
}

static int count(void)
{
    int seats = unsold; // @look

    seats += sold; // @sum
    return seats;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, sell, "clerk");
    int seats = count();
    pthread_join(thread, NULL);
    assert(seats == SEATS);
    return 0;
}
