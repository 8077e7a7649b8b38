// A spin lock of one's own: threads that look again and again.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

static atomic_flag taken = ATOMIC_FLAG_INIT;
static int sold;

static void *sell(void *argument)
{
    while (atomic_flag_test_and_set(&taken))
        continue;
    sold++;
    atomic_flag_clear(&taken);
    return argument;
}

int main(void)
{
    pthread_t one, other;

    pthread_create(&one, NULL, sell, NULL);
    pthread_create(&other, NULL, sell, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    assert(sold == 2);
    return 0;
}
