#include "profile.h"

#include "run.h"

static bool is_access(enum deed deed)
{
    return deed >= DEED_READ && deed <= DEED_ATOMIC_UPDATE;
}

// What orders threads by an object: accesses, and whatever may have to wait.
static bool counts(enum deed deed)
{
    switch (deed) {
    case DEED_LOCK:
    case DEED_TRY_LOCK:
    case DEED_READ_LOCK:
    case DEED_WAIT:
    case DEED_WAKE:
    case DEED_SIGNAL:
    case DEED_BROADCAST:
    case DEED_ARRIVE:
    case DEED_ACQUIRE:
    case DEED_ONCE:
        return true;
    default:
        return is_access(deed);
    }
}

static uint16_t *slot_of(uint64_t key)
{
    unsigned i = (unsigned)(key * UINT64_C(0x9e3779b97f4a7c15) >> 32);
    struct profile *profile = &run_shared->profile;

    for (;; i++) {
        uint16_t *slot = &profile->slot[i % (2 * PROFILE_LIMIT)];
        // Only as many slots as there are objects are used: half of them.
        if (*slot == 0 || profile->key[*slot - 1] == key)
            return slot;
    }
}

int profile_object(const struct op *op)
{
    return counts(op->deed) ? (int)*slot_of(op->object >> 3) - 1 : -1;
}

static int add(uint64_t key, uint16_t *slot)
{
    struct profile *profile = &run_shared->profile;

    if (*slot == 0 && profile->objects < PROFILE_LIMIT) {
        profile->key[profile->objects] = key;
        profile->first[profile->objects] = (uint8_t)thread_self->number;
        *slot = (uint16_t)++profile->objects;
    }
    return (int)*slot - 1;
}

void profile_begin(void)
{
    run_shared->profile.runs++;
}

void profile_note(const struct thread *thread)
{
    const struct op *op = &thread->op;
    struct profile *profile = &run_shared->profile;

    if (op->deed == DEED_CREATE && op->object < THREADS_LIMIT)
        profile->parent[op->object] = (uint8_t)thread->number;
    if (!counts(op->deed))
        return;
    uint64_t key = op->object >> 3;
    int object = add(key, slot_of(key));
    if (object < 0)
        return;
    profile->written[object] |=
        op->deed != DEED_READ && op->deed != DEED_ATOMIC_READ;
    profile->shared[object] |= profile->first[object] != thread->number;
    profile->count[object][thread->number]++;
}

int profile_objects(void)
{
    return (int)run_shared->profile.objects;
}

int64_t profile_runs(void)
{
    return run_shared->profile.runs;
}

int64_t profile_count(int object, int thread)
{
    return run_shared->profile.count[object][thread];
}

bool profile_is_shared(int object)
{
    return run_shared->profile.written[object] &&
           run_shared->profile.shared[object];
}

bool profile_is_private(const struct op *op)
{
    int object = profile_object(op);

    if (op->deed == DEED_WAIT || op->deed == DEED_WAKE) // the mutex, too
        return false;
    if ((op->object & 7) + op->size > 8) // more than one object
        return false;
    return object >= 0 && !run_shared->profile.shared[object];
}

int profile_parent(int thread)
{
    return run_shared->profile.parent[thread];
}
