// Two threads sell under one lock: while one holds it, the other must wait.
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int sold;

static void *sell(void *unused)
{
    pthread_mutex_lock(&lock);
    sold++;
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t one, other;

    pthread_create(&one, NULL, sell, NULL);
    pthread_create(&other, NULL, sell, NULL);
    sold++;
    return pthread_join(one, NULL) + pthread_join(other, NULL);
}
