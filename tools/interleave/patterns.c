#include "patterns.h"

#include "trace.h"

enum { REACH = 20000 }; // steps that are looked at, backwards

static const struct step *step_at(const struct story *story, uint32_t number)
{
    return &story->shared->trace[number];
}

static bool changes_value(const struct step *read, const struct step *write)
{
    return read->object != write->object || read->size != write->size ||
           read->value != write->value;
}

// Goes back from a write: over what others wrote to the same bytes, to the
// reads of the same thread. Its own write before ends the search: what it read
// before that was used there.
static bool is_stale(const struct story *story, uint32_t write,
                     struct stale *stale)
{
    const struct step *end = step_at(story, write);
    uint32_t last = write > REACH ? write - REACH : 0;
    bool passed = false;

    *stale = (struct stale){.write = write};
    for (uint32_t i = write; i > last; i--) {
        const struct step *step = step_at(story, i - 1);

        if (!trace_is_access(step) || !trace_overlap(step, end))
            continue;
        if (step->thread != end->thread) {
            if (trace_writes(step)) {
                stale->between = i - 1;
                passed = true;
            }
        } else if (trace_writes(step)) {
            return false;
        } else if (passed) {
            stale->read = i - 1;
            return changes_value(step, step_at(story, stale->between));
        } else {
            stale->read_again = true;
        }
    }
    return false;
}

// Whether the thread reads these bytes in or after that step.
static bool is_read_later(const struct story *story, const struct step *what,
                          int thread, uint32_t from)
{
    for (uint32_t i = from; i < story->length; i++) {
        const struct step *step = step_at(story, i);

        if (step->thread == thread && trace_is_access(step) &&
            trace_overlap(step, what))
            return true;
    }
    return false;
}

// An update is better than a check: it says more.
static int worth(const struct story *story, const struct stale *stale,
                 int thread, uint32_t from)
{
    return 2 * is_read_later(story, step_at(story, stale->write), thread,
                             from) +
           !stale->read_again;
}

bool patterns_stale(const struct story *story, int thread, uint32_t from,
                    struct stale *stale)
{
    struct stale here;
    int best = -1;

    for (uint32_t i = story->length; i > 0; i--) {
        const struct step *step = step_at(story, i - 1);

        if (step->deed != DEED_WRITE && step->deed != DEED_ATOMIC_WRITE)
            continue;
        if (!(story->flags[i - 1] & STORY_MATTERS) ||
            !is_stale(story, i - 1, &here) ||
            worth(story, &here, thread, from) <= best)
            continue;
        best = worth(story, &here, thread, from);
        *stale = here;
    }
    return best >= 0;
}

int64_t patterns_writer(const struct story *story, uint32_t number)
{
    const struct step *what = step_at(story, number);
    uint32_t last = number > REACH ? number - REACH : 0;

    for (uint32_t i = number; i > last; i--)
        if (trace_writes(step_at(story, i - 1)) &&
            trace_overlap(step_at(story, i - 1), what))
            return i - 1;
    return -1;
}

int64_t patterns_taken(const struct story *story, int thread, uint64_t lock)
{
    for (uint32_t i = story->length; i > 0; i--) {
        const struct step *step = step_at(story, i - 1);

        if ((thread < 0 || step->thread == thread) && step->object == lock &&
            (step->deed == DEED_LOCK || step->deed == DEED_TRY_LOCK) &&
            !(story->flags[i - 1] & STORY_FAILED))
            return i - 1;
    }
    return -1;
}
