// Two threads count, without a lock: one count may be lost.
#include <assert.h>
#include <pthread.h>

static struct {
    int seats, sold;
} house;

static void *sell(void *argument)
{
    (void)argument;
    house.sold++; // @count
    return NULL;
}

int main(void)
{
    pthread_t one, other;

    pthread_create(&one, NULL, sell, NULL);
    pthread_create(&other, NULL, sell, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    assert(house.sold == 2);
    return 0;
}
