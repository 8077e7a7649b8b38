#include "locks.h"

#include <stdlib.h>

enum { HELD_LIMIT = 1024 };

// A lock that is held; by several threads, if it was taken to read.
struct hold {
    uint64_t lock;
    int thread, depth;
    bool shared;
};

struct locks {
    struct hold hold[HELD_LIMIT];
    int count;
    uint64_t waits_with[THREADS_LIMIT]; // the mutex that a wait gave up
    bool waits[THREADS_LIMIT];
};

struct locks *locks_open(const struct shared *shared)
{
    (void)shared;
    return calloc(1, sizeof(struct locks));
}

void locks_close(struct locks *locks)
{
    free(locks);
}

static struct hold *find(struct locks *locks, uint64_t lock, int thread)
{
    for (int i = 0; i < locks->count; i++)
        if (locks->hold[i].lock == lock && locks->hold[i].thread == thread)
            return &locks->hold[i];
    return NULL;
}

int locks_holder(const struct locks *locks, uint64_t lock)
{
    for (int i = 0; i < locks->count; i++)
        if (locks->hold[i].lock == lock && !locks->hold[i].shared)
            return locks->hold[i].thread;
    return -1;
}

static void give_up(struct locks *locks, uint64_t lock, int thread, bool all)
{
    struct hold *own = find(locks, lock, thread);

    if (own != NULL && (all || --own->depth == 0))
        *own = locks->hold[--locks->count];
}

static bool take(struct locks *locks, uint64_t lock, int thread, bool shared)
{
    struct hold *own = find(locks, lock, thread);
    int holder = locks_holder(locks, lock);

    if (own != NULL)
        return own->depth++ > 0;
    if (holder >= 0 && locks->waits[holder])
        give_up(locks, lock, holder, true);
    else if (holder >= 0)
        return false;
    if (locks->count < HELD_LIMIT)
        locks->hold[locks->count++] = (struct hold){lock, thread, 1, shared};
    return true;
}

// A wait names its mutex as the second object.
bool locks_step(struct locks *locks, const struct step *step)
{
    switch (step->deed) {
    case DEED_LOCK:
    case DEED_TRY_LOCK:
        return take(locks, step->object, step->thread, false);
    case DEED_READ_LOCK:
        return take(locks, step->object, step->thread, true);
    case DEED_UNLOCK:
    case DEED_READ_UNLOCK:
        give_up(locks, step->object, step->thread, false);
        return true;
    case DEED_WAIT:
        locks->waits_with[step->thread] = step->second;
        locks->waits[step->thread] = true;
        give_up(locks, step->second, step->thread, true);
        return true;
    case DEED_WAKE:
    case DEED_WAKE_EARLY:
        locks->waits[step->thread] = false;
        if (locks->waits_with[step->thread] != 0)
            take(locks, locks->waits_with[step->thread], step->thread, false);
        return true;
    default:
        return true;
    }
}

int locks_of(const struct locks *locks, int thread, uint64_t *lock, int room)
{
    int count = 0;

    for (int i = 0; i < locks->count && count < room; i++)
        if (locks->hold[i].thread == thread)
            lock[count++] = locks->hold[i].lock;
    return count;
}
