// Bob watches the house. A sale is told to him, while he leaves.
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>

struct watcher {
    int events; // that were told to him
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct watcher *watcher; // NULL: nobody watches

static void *sell(void *name)
{
    pthread_setname_np(pthread_self(), name);
    pthread_mutex_lock(&lock);
    struct watcher *to = watcher; // @look
    if (to != NULL)
        to->events++; // @use
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *leave(void *name)
{
    pthread_setname_np(pthread_self(), name);
    pthread_mutex_lock(&lock);
    free(watcher); // @free
    watcher = NULL;
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    pthread_t alice, bob;

    watcher = calloc(1, sizeof *watcher);
    pthread_create(&alice, NULL, sell, "alice");
    pthread_create(&bob, NULL, leave, "bob");
    pthread_join(alice, NULL);
    pthread_join(bob, NULL);
    return 0;
}
