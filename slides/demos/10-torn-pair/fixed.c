// Each of the two counters is atomic. Together they are all seats.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

enum { SEATS = 40 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int unsold = SEATS, sold;

static void *sell(void *name)
{
    pthread_setname_np(pthread_self(), name);
    pthread_mutex_lock(&lock);
    unsold--; // @first
    sold++;   // @second
    pthread_mutex_unlock(&lock);
    return NULL;
}

static int count(void)
{
    pthread_mutex_lock(&lock);
    int seats = unsold; // @look

    seats += sold; // @sum
    pthread_mutex_unlock(&lock);
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
