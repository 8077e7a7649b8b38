// Right: the door is opened under the lock, and signalled behind it.
#include <pthread.h>
#include <stdbool.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t opened = PTHREAD_COND_INITIALIZER;
static bool is_open;

static void *porter(void *unused)
{
    pthread_mutex_lock(&lock);
    is_open = true;
    pthread_mutex_unlock(&lock);
    pthread_cond_broadcast(&opened);
    return unused;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, porter, NULL);
    pthread_mutex_lock(&lock);
    while (!is_open)
        pthread_cond_wait(&opened, &lock);
    pthread_mutex_unlock(&lock);
    return pthread_join(thread, NULL);
}
