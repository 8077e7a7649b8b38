// One thread gives a seat back and takes it again. Both steps are locked, but
// another thread may come between them.
#include <assert.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int seats;

static int change(int by)
{
    pthread_mutex_lock(&lock);
    int now = seats += by;
    pthread_mutex_unlock(&lock);
    return now;
}

static void give_back(void)
{
    change(1);
}

static void take(void)
{
    assert(change(-1) >= 0);
}

static void *exchange(void *argument)
{
    give_back();
    take();
    return argument;
}

static void *buy(void *argument)
{
    if (change(0) > 0)
        take();
    return argument;
}

int main(void)
{
    pthread_t one, other;

    pthread_create(&one, NULL, exchange, NULL);
    pthread_create(&other, NULL, buy, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return 0;
}
