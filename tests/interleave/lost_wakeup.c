// The condition is not asked under the lock: a signal may come too early.
#include <pthread.h>
#include <stdatomic.h>

static atomic_int is_ready;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;

static void *tell(void *argument)
{
    is_ready = 1;
    pthread_cond_signal(&ready);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, tell, NULL);
    pthread_mutex_lock(&lock);
    if (!is_ready)
        pthread_cond_wait(&ready, &lock);
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
    return 0;
}
