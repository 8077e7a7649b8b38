// A lock for each seat. Alice has seat 3 and wants 7; Bob has 7 and wants 3.
#include <pthread.h>
#include <stddef.h>

struct seat {
    pthread_mutex_t lock;
    const char *holder; // NULL: it is free
};

static struct seat seats[] = {
    [3] = {PTHREAD_MUTEX_INITIALIZER, "alice"},
    [7] = {PTHREAD_MUTEX_INITIALIZER, "bob"},
};

static void move(const char *name, struct seat *from, struct seat *to)
{
    pthread_mutex_lock(&from->lock); // @first
    pthread_mutex_lock(&to->lock);   // @second
    if (to->holder == NULL) {
        to->holder = name;
        from->holder = NULL;
    }
    pthread_mutex_unlock(&to->lock);
    pthread_mutex_unlock(&from->lock);
}

static void *alice(void *name)
{
    pthread_setname_np(pthread_self(), name);
    move(name, &seats[3], &seats[7]);
    return NULL;
}

static void *bob(void *name)
{
    pthread_setname_np(pthread_self(), name);
    move(name, &seats[7], &seats[3]);
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
