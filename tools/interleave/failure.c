#include "failure.h"

#include <stdlib.h>
#include <string.h>

static int by_size(const void *one, const void *other)
{
    const uint64_t *left = one, *right = other;

    return (*left > *right) - (*left < *right);
}

// Those who wait for the end of another thread only wait for what is stuck.
static void note_stuck(struct failure *failure, const struct shared *shared)
{
    failure->stuck_count = 0;
    for (uint32_t i = 0; i < shared->threads; i++)
        if (!shared->fate[i].finished && shared->fate[i].deed != DEED_JOIN)
            failure->stuck[failure->stuck_count++] = shared->fate[i].pc;
    qsort(failure->stuck, (size_t)failure->stuck_count, sizeof(uint64_t),
          by_size);
}

void failure_note(struct failure *failure, const struct shared *shared)
{
    failure->outcome = shared->outcome;
    note_stuck(failure, shared);
}

static bool is_same_race(const struct outcome *one, const struct outcome *other)
{
    return (one->first.pc == other->first.pc &&
            one->second.pc == other->second.pc) ||
           (one->first.pc == other->second.pc &&
            one->second.pc == other->first.pc);
}

// "use after free: ..." and "double free: ..." may come from one line.
static bool is_same_crash(const struct outcome *one,
                          const struct outcome *other)
{
    size_t length = strcspn(one->text, ":0123456789");

    return one->pc == other->pc && strncmp(one->text, other->text, length) == 0;
}

bool failure_is_same(const struct failure *failure, const struct shared *shared)
{
    const struct outcome *now = &shared->outcome, *then = &failure->outcome;
    struct failure present;

    if (now->finding != then->finding)
        return false;
    switch (now->finding) {
    case FINDING_DEADLOCK:
        note_stuck(&present, shared);
        return present.stuck_count == failure->stuck_count &&
               memcmp(present.stuck, failure->stuck,
                      (size_t)present.stuck_count * sizeof(uint64_t)) == 0;
    case FINDING_RACE:
        return is_same_race(now, then);
    case FINDING_CRASH:
        return is_same_crash(now, then);
    case FINDING_EXIT:
        return now->status == then->status;
    case FINDING_ASSERT:
    case FINDING_MISUSE:
        return now->pc == then->pc;
    default:
        return true;
    }
}
