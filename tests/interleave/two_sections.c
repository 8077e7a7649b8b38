// Locked everywhere, and wrong: check and act in two critical sections.
#include <assert.h>
#include <pthread.h>

static int holders;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *book(void *argument)
{
    (void)argument;
    pthread_mutex_lock(&lock);
    int is_free = holders == 0;
    pthread_mutex_unlock(&lock);
    if (is_free) {
        pthread_mutex_lock(&lock);
        holders++;
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

int main(void)
{
    pthread_t one, other;

    pthread_create(&one, NULL, book, NULL);
    pthread_create(&other, NULL, book, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    assert(holders == 1);
    return 0;
}
