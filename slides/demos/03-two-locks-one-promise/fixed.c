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

// The caller has the lock.
static bool is_free(void)
{
    bool nobody = holder == NULL; // @check
    return nobody;
}

// The caller has the lock.
static void take(const char *name)
{
    holder = name; // @act
}

static bool book(const char *name)
{
    pthread_mutex_lock(&lock);
    bool good = is_free();
    if (good)
        take(name);
    pthread_mutex_unlock(&lock);
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
