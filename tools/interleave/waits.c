#include "waits.h"

#include <stdio.h>
#include <string.h>

#include "clients.h"
#include "patterns.h"
#include "trace.h"

static const struct fate *fate_of(const struct story *story, int thread)
{
    return &story->shared->fate[thread];
}

// Whom the thread waits for; -1: nobody that is known.
static int waits_for(const struct story *story, int thread)
{
    const struct fate *fate = fate_of(story, thread);
    int whom = fate->deed == DEED_JOIN ? (int)fate->object : fate->holder;

    return whom >= 0 && whom < (int)story->shared->threads &&
                   !fate_of(story, whom)->finished
               ? whom
               : -1;
}

// A thread in a cycle; -1: there is none.
static int find_cycle(const struct story *story)
{
    int threads = (int)story->shared->threads;

    for (int first = 0; first < threads; first++) {
        int here = fate_of(story, first)->finished ? -1 : first;

        for (int steps = 0; here >= 0 && steps < threads; steps++) {
            here = waits_for(story, here);
            if (here == first)
                return first;
        }
    }
    return -1;
}

static void name_object(const struct story *story, const struct fate *fate,
                        char *text, size_t size)
{
    if (fate->deed == DEED_JOIN)
        snprintf(text, size, "the end of %s",
                 trace_name(story->shared, fate->object));
    else if (fate->waits_for[0] != '\0')
        snprintf(text, size, "%.*s", (int)sizeof fate->waits_for,
                 fate->waits_for);
    else
        story_lock(story, fate->object, text, size);
}

static void say_link(struct story *story, int thread)
{
    const struct fate *fate = fate_of(story, thread);
    int whom = waits_for(story, thread);
    char object[128];

    name_object(story, fate, object, sizeof object);
    story_say(story, "%s waits for %s", fate->name, object);
    if (fate->deed == DEED_JOIN)
        return;
    story_say(story, ", which %s holds",
              whom == thread ? "it" : fate_of(story, whom)->name);
    int64_t taken = patterns_taken(story, whom, fate->object);
    if (taken >= 0)
        story_say(story, " since line %d",
                  story_line(story, story->shared->trace[taken].pc));
}

static void say_cycle(struct story *story, int first)
{
    int here = first;

    do {
        story_say(story, "%s", here != first ? "; " : "");
        say_link(story, here);
        here = waits_for(story, here);
    } while (here != first);
    story_say(story, waits_for(story, first) == first
                         ? ": it can never go on."
                         : ": none of them can ever go on.");
}

// Signals of the condition variable that a thread waits for.
struct signals {
    uint64_t mutex; // that the thread gave up; 0: it is not known
    bool ever;      // there were some
    int64_t lost;   // the last one that came when nobody waited; -1: none
    bool later;     // some came while the thread waited,
    bool woken;     // and one of them was surely for it
};

static uint64_t mutex_given_up(const struct story *story, int thread)
{
    uint64_t mutex = 0;

    for (uint32_t i = 0; i < story->length; i++) {
        const struct step *step = story_step(story, i);

        if (step->deed == DEED_WAIT && step->thread == thread &&
            step->object == fate_of(story, thread)->object)
            mutex = step->second;
    }
    return mutex;
}

static void note_signal(struct signals *signals, uint32_t number, int waiting,
                        bool is_broadcast)
{
    signals->ever = signals->later = true;
    if (waiting == 0)
        signals->lost = number;
    if (waiting == 1 || is_broadcast)
        signals->woken = true;
}

// When the thread has let the mutex go since a signal, it has had its chance to
// look at what was signalled: that one is not lost.
static struct signals find_signals(const struct story *story, int thread)
{
    uint64_t condition = fate_of(story, thread)->object;
    struct signals signals = {.mutex = mutex_given_up(story, thread),
                              .lost = -1};
    int waiting = 0;

    for (uint32_t i = 0; i < story->length; i++) {
        const struct step *step = story_step(story, i);

        if (step->deed == DEED_UNLOCK && step->thread == thread &&
            step->object == signals.mutex)
            signals.lost = -1;
        if (step->object != condition)
            continue;
        if (step->deed == DEED_WAIT && step->thread == thread)
            signals.later = signals.woken = false;
        waiting += (step->deed == DEED_WAIT) - (step->deed == DEED_WAKE);
        if (step->deed == DEED_SIGNAL || step->deed == DEED_BROADCAST)
            note_signal(&signals, i, waiting, step->deed == DEED_BROADCAST);
    }
    return signals;
}

static void say_condition(struct story *story, int thread)
{
    struct signals signals = find_signals(story, thread);
    char object[128];

    name_object(story, fate_of(story, thread), object, sizeof object);
    story_say(story, "%s waits for %s", fate_of(story, thread)->name, object);
    if (signals.woken) {
        story_say(story, ", is woken, and cannot take the mutex again");
        if (signals.mutex != 0) {
            story_lock(story, signals.mutex, object, sizeof object);
            story_say(story, ": %s", object);
        }
        story_say(story, ".");
        return;
    }
    if (signals.later) {
        story_say(story, ", and the signals that came went to others.");
        return;
    }
    if (signals.lost < 0) {
        story_say(story, ", which nobody signals%s.",
                  signals.ever ? " any more" : "");
        return;
    }
    const struct step *signal = &story->shared->trace[signals.lost];
    story->flags[signals.lost] |= STORY_WRONG;
    story_say(story,
              ", which %s signalled before, at line %d, when nobody waited "
              "(lost wakeup).",
              trace_name(story->shared, signal->thread),
              story_line(story, signal->pc));
}

// Somebody waits for what nobody will do any more.
static void say_wait(struct story *story, int thread)
{
    const struct fate *fate = fate_of(story, thread);
    char object[128];

    if (fate->deed == DEED_WAKE) {
        say_condition(story, thread);
        return;
    }
    name_object(story, fate, object, sizeof object);
    story_say(story, "%s waits for %s", fate->name, object);
    if (fate->holder >= 0 && fate->holder < (int)story->shared->threads)
        story_say(story, ", which %s held when it ended.",
                  fate_of(story, fate->holder)->name);
    else if (fate->deed == DEED_ACQUIRE)
        story_say(story, ", to which nobody posts any more.");
    else if (fate->deed == DEED_LEAVE)
        story_say(story, ", where others are missing.");
    else
        story_say(story, ", and nobody is left to change that.");
}

static bool is_in_cycle(const struct story *story, int thread, int first)
{
    int here = first;

    do {
        if (here == thread)
            return true;
        here = waits_for(story, here);
    } while (here != first);
    return false;
}

// A thread that waits for what another one holds; -1: there is none.
static int find_kept_out(const struct story *story)
{
    for (uint32_t i = 0; i < story->shared->threads; i++)
        if (!fate_of(story, (int)i)->finished &&
            fate_of(story, (int)i)->deed != DEED_JOIN &&
            waits_for(story, (int)i) >= 0)
            return (int)i;
    return -1;
}

static bool is_client(const struct fate *fate)
{
    return clients_step_name(fate->pc) != NULL;
}

// Who waits for no other thread that waits: there it begins. A client that gets
// no reply rather than the server that waits for clients.
static int find_root(const struct story *story)
{
    int root = -1;

    for (uint32_t i = 0; i < story->shared->threads; i++) {
        const struct fate *fate = fate_of(story, (int)i);

        if (!fate->finished && waits_for(story, (int)i) < 0 &&
            (root < 0 || (is_client(fate) && !is_client(fate_of(story, root)))))
            root = (int)i;
    }
    return root;
}

// Who waits for whom, up to the one that waits for nobody, which is returned.
static int say_chain(struct story *story, int here)
{
    while (waits_for(story, here) >= 0) {
        say_link(story, here);
        story_say(story, "; ");
        here = waits_for(story, here);
    }
    return here;
}

// The step with which a thread locks what it holds itself: it never gets it.
static void mark_vain_lock(struct story *story)
{
    const struct outcome *outcome = &story->shared->outcome;
    int64_t last = story_last_step(story, outcome->thread);

    if (last < 0 || fate_of(story, outcome->thread)->holder != outcome->thread)
        return;
    story->flags[last] |= STORY_VAIN;
    story->flags[last] &= (uint8_t)~STORY_MATTERS;
}

void waits_explain(struct story *story)
{
    mark_vain_lock(story);
    int cycle = find_cycle(story), root = find_root(story);
    int kept_out = cycle < 0 ? find_kept_out(story) : -1;

    if (kept_out >= 0)
        root = say_chain(story, kept_out);

    for (uint32_t i = 0; i < story->shared->threads; i++) {
        const struct fate *fate = fate_of(story, (int)i);
        char object[128];

        if (fate->finished ||
            (fate->enabled && i != story->shared->outcome.thread))
            continue;
        name_object(story, fate, object, sizeof object);
        struct ending *ending =
            fate->deed == DEED_WAKE
                ? story_end(story, (int)i, fate->pc, "goes on waiting")
                : story_end(story, (int)i, fate->pc, "waits for %s", object);
        ending->wrong =
            cycle >= 0 ? is_in_cycle(story, (int)i, cycle) : (int)i == root;
    }
    if (cycle >= 0)
        say_cycle(story, cycle);
    else if (root >= 0)
        say_wait(story, root);
}
