// Whoever finds seat 7 taken waits for it. CANCEL 7 gives it to whoever waits.
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *holder;  // of seat 7; NULL: it is free
static const char *waiting; // for it; NULL: nobody

// The caller holds the lock.
static void give(const char *name)
{
    if (holder == NULL)
        holder = name;
    else
        waiting = name;
}

static void book(const char *name)
{
    pthread_mutex_lock(&lock); // @again
    give(name);
    pthread_mutex_unlock(&lock);
}

static void cancel(const char *name)
{
    pthread_mutex_lock(&lock);
    if (holder == name) {
        holder = NULL;
        if (waiting != NULL)
            give(waiting); // @call
        waiting = NULL;
    }
    pthread_mutex_unlock(&lock);
}

static void *alice(void *name)
{
    pthread_setname_np(pthread_self(), name);
    book(name);
    cancel(name);
    return NULL;
}

static void *bob(void *name)
{
    pthread_setname_np(pthread_self(), name);
    book(name);
    return NULL;
}

int main(void)
{
    pthread_t one, other;

    pthread_create(&one, NULL, alice, "alice");
    pthread_create(&other, NULL, bob, "bob");
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return 0;
}
