#include "waiting.h"

#include <stdio.h>
#include <stdlib.h>

#include "trace.h"

// A thread that is not running has said what it does next: that is its next
// step, or, if none comes, what its fate says.
struct waiting {
    const struct story *story;
    struct locks *locks;
    uint32_t *after; // the next step of the same thread
    uint32_t next[THREADS_LIMIT];
    uint32_t now;
};

static void link_steps(struct waiting *waiting)
{
    const struct story *story = waiting->story;

    for (int i = 0; i < THREADS_LIMIT; i++)
        waiting->next[i] = UINT32_MAX;
    for (uint32_t i = story->length; i > 0; i--) {
        int thread = story->shared->trace[i - 1].thread;

        waiting->after[i - 1] = waiting->next[thread];
        waiting->next[thread] = i - 1;
    }
}

struct waiting *waiting_open(const struct story *story)
{
    struct waiting *waiting = calloc(1, sizeof *waiting);

    if (waiting == NULL)
        return NULL;
    waiting->story = story;
    waiting->locks = locks_open(story->shared);
    waiting->after = calloc(story->length + 1, sizeof *waiting->after);
    if (waiting->locks == NULL || waiting->after == NULL) {
        waiting_close(waiting);
        return NULL;
    }
    link_steps(waiting);
    return waiting;
}

void waiting_close(struct waiting *waiting)
{
    if (waiting == NULL)
        return;
    locks_close(waiting->locks);
    free(waiting->after);
    free(waiting);
}

const struct locks *waiting_step(struct waiting *waiting)
{
    const struct step *step = &waiting->story->shared->trace[waiting->now];

    locks_step(waiting->locks, step);
    waiting->next[step->thread] = waiting->after[waiting->now++];
    return waiting->locks;
}

static bool has_ended(const struct waiting *waiting, uint64_t thread)
{
    return thread >= waiting->story->shared->threads ||
           (waiting->next[thread] == UINT32_MAX &&
            waiting->story->shared->fate[thread].finished);
}

// Whoever fails an assertion or crashes did not wait then.
static bool was_running(const struct shared *shared, int thread)
{
    const struct outcome *outcome = &shared->outcome;

    return outcome->thread == thread && outcome->finding != FINDING_NONE &&
           outcome->finding != FINDING_PAUSED &&
           outcome->finding != FINDING_DEADLOCK;
}

static bool never_goes_on(const struct shared *shared, int thread)
{
    return shared->outcome.finding == FINDING_DEADLOCK &&
           shared->outcome.thread == thread;
}

bool waiting_of(const struct waiting *waiting, int thread, char *text,
                size_t size, int *holder)
{
    const struct shared *shared = waiting->story->shared;
    uint32_t next = waiting->next[thread];
    bool is_last = next == UINT32_MAX;
    int deed = is_last ? shared->fate[thread].deed : shared->trace[next].deed;
    uint64_t object =
        is_last ? shared->fate[thread].object : shared->trace[next].object;

    *holder = -1;
    if (is_last &&
        (shared->fate[thread].finished || was_running(shared, thread)))
        return false;
    switch (deed) {
    case DEED_JOIN:
        *holder = (int)object;
        snprintf(text, size, "the end of %s", trace_name(shared, object));
        return !has_ended(waiting, object);
    case DEED_LOCK:
    case DEED_READ_LOCK:
        *holder = locks_holder(waiting->locks, object);
        story_lock(waiting->story, object, text, size);
        return *holder >= 0 && (*holder != thread ||
                                (is_last && never_goes_on(shared, thread)));
    case DEED_WAKE:
        story_lock(waiting->story, object, text, size);
        return true;
    default: // a semaphore, a barrier: only the end tells
        story_lock(waiting->story, object, text, size);
        return is_last && !shared->fate[thread].enabled;
    }
}
