// BOOK 7. Whoever touches the holder has the lock.
#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct customer {
    const char *name;
    bool promised; // that seat 7 is hers
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *holder; // of seat 7; NULL: it is free

static bool is_free(void)
{
    pthread_mutex_lock(&lock);
    bool nobody = holder == NULL; // @check
    pthread_mutex_unlock(&lock);
    return nobody;
}

static void take(const char *name)
{
    pthread_mutex_lock(&lock);
    holder = name; // @act
    pthread_mutex_unlock(&lock);
}

static bool book(const char *name)
{
    bool good = is_free();
    if (good)
        take(name);
    return good;
}

static struct customer alice = {.name = "alice"}, bob = {.name = "bob"};

static void *visit(void *argument)
{
    struct customer *customer = argument;

    pthread_setname_np(pthread_self(), customer->name);
    customer->promised = book(customer->name);
    return NULL;
}

int main(void)
{
    pthread_t one, other;

    pthread_create(&one, NULL, visit, &alice);
    pthread_create(&other, NULL, visit, &bob);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    assert(!(alice.promised && bob.promised));
    return 0;
}
