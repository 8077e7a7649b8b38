// A stack of free seats without a lock: compare the one on top, and swap it.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

enum { NONE = 3, CHANGE = 4 };

static atomic_uint top = 0; // seat + CHANGE * how often it was changed
static atomic_uint below[] = {1, 2, NONE, NONE};
static unsigned alices = NONE, bobs = NONE;

static unsigned changed(unsigned old, unsigned seat)
{
    return old - old % CHANGE + CHANGE + seat;
}

static unsigned take(void)
{
    unsigned old = top; // @top

    while (old % CHANGE != NONE) {
        unsigned next = changed(old, below[old % CHANGE]);    // @next
        if (atomic_compare_exchange_strong(&top, &old, next)) // @swap
            return old % CHANGE;
    }
    return NONE;
}

static void give_back(unsigned seat)
{
    unsigned old = top;

    do
        below[seat] = old % CHANGE;
    while (!atomic_compare_exchange_strong(&top, &old,
                                           changed(old, seat))); // @back
}

static void *alice(void *name)
{
    pthread_setname_np(pthread_self(), name);
    alices = take();
    return NULL;
}

static void *bob(void *name)
{
    pthread_setname_np(pthread_self(), name);
    unsigned other = take();
    bobs = take();
    give_back(other);
    return NULL;
}

int main(void)
{
    pthread_t one, other;

    pthread_create(&one, NULL, alice, "alice");
    pthread_create(&other, NULL, bob, "bob");
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    unsigned last = take();
    assert(last != alices && last != bobs && alices != bobs);
    return 0;
}
