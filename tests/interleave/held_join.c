// main waits for the clerk, with the lock in its hands that the clerk wants.
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int sold;

static void *sell(void *unused)
{
    pthread_mutex_lock(&lock);
    sold++;
    return unused;
}

int main(void)
{
    pthread_t clerk;
    pthread_create(&clerk, NULL, sell, NULL);
    return pthread_mutex_lock(&lock) + sold + pthread_join(clerk, NULL);
}
