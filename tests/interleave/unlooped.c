// Waits once, and believes that there is something then: only who wakes though
// nobody has signalled is disappointed.
#include <assert.h>
#include <pthread.h>
#include <stdbool.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t opened = PTHREAD_COND_INITIALIZER;
static bool is_open;

static void *wait_once(void *argument)
{
    pthread_setname_np(pthread_self(), "alice");
    pthread_mutex_lock(&lock);
    if (!is_open)
        pthread_cond_wait(&opened, &lock);
    assert(is_open);
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    pthread_t alice;

    pthread_create(&alice, NULL, wait_once, NULL);
    pthread_mutex_lock(&lock);
    is_open = true;
    pthread_cond_signal(&opened);
    pthread_mutex_unlock(&lock);
    pthread_join(alice, NULL);
    return 0;
}
