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
                if (!passed)
                    stale->last = i - 1;
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

bool patterns_is_count(const struct step *read, const struct step *write)
{
    return read->object == write->object && read->size == write->size &&
           write->size > 1 &&
           (write->value == read->value + 1 || write->value == read->value - 1);
}

// ---- two reads ----

// Whether what the first read saw is written before the second one, by whoever
// wrote what that one saw.
static bool is_rewritten(const struct story *story, struct torn *torn)
{
    int writer = step_at(story, torn->before)->thread;

    for (uint32_t i = torn->first + 1; i < torn->second; i++) {
        const struct step *step = step_at(story, i);

        if (step->thread != writer || !trace_writes(step) ||
            !trace_overlap(step, step_at(story, torn->first)))
            continue;
        torn->after = i;
        return true;
    }
    return false;
}

// Goes back from the second read over the writes of other threads to a read
// of something else.
static bool is_torn(const struct story *story, struct torn *torn)
{
    const struct step *second = step_at(story, torn->second);
    int64_t writer = patterns_writer(story, torn->second);

    if (writer < 0 ||
        step_at(story, (uint32_t)writer)->thread == second->thread)
        return false;
    torn->before = (uint32_t)writer;
    for (uint32_t i = torn->second; i > 0 && i + REACH > torn->second; i--) {
        const struct step *step = step_at(story, i - 1);

        if (step->thread != second->thread || !trace_is_access(step) ||
            trace_writes(step) || trace_overlap(step, second) ||
            !(story->flags[i - 1] & STORY_MATTERS))
            continue;
        torn->first = i - 1;
        return torn->first < torn->before && is_rewritten(story, torn);
    }
    return false;
}

bool patterns_torn(const struct story *story, int thread, struct torn *torn)
{
    for (uint32_t i = story->length; i > 0; i--) {
        const struct step *step = step_at(story, i - 1);

        torn->second = i - 1;
        if (step->thread == thread && trace_is_access(step) &&
            !trace_writes(step) && story->flags[i - 1] & STORY_MATTERS &&
            is_torn(story, torn))
            return true;
    }
    return false;
}

// ---- compare and swap ----

// What a word was before a step: what was written last. Returns false if that
// is not known.
static bool value_before(const struct story *story, uint32_t number,
                         uint64_t *value)
{
    int64_t writer = patterns_writer(story, number);

    if (writer >= 0)
        *value = step_at(story, (uint32_t)writer)->value;
    return writer >= 0;
}

static bool is_aba(const struct story *story, struct aba *aba)
{
    const struct step *swap = step_at(story, aba->swap);
    uint64_t found;
    int changes = 0;

    if (!value_before(story, aba->swap, &found))
        return false;
    for (uint32_t i = aba->swap; i > 0 && i + REACH > aba->swap; i--) {
        const struct step *step = step_at(story, i - 1);

        if (!trace_is_access(step) || !trace_overlap(step, swap))
            continue;
        if (step->thread == swap->thread) {
            aba->read = i - 1;
            return changes >= 2 && step->deed == DEED_ATOMIC_READ &&
                   step->value == found;
        }
        if (!trace_writes(step))
            continue;
        if (changes++ == 0)
            aba->back = i - 1;
        aba->away = i - 1;
    }
    return false;
}

bool patterns_aba(const struct story *story, struct aba *aba)
{
    for (uint32_t i = story->length; i > 0; i--) {
        aba->swap = i - 1;
        if (step_at(story, i - 1)->deed == DEED_ATOMIC_UPDATE &&
            is_aba(story, aba))
            return true;
    }
    return false;
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
            !(story->flags[i - 1] & (STORY_FAILED | STORY_VAIN)))
            return i - 1;
    }
    return -1;
}
