#include "explain.h"

#include <stdio.h>
#include <string.h>

#include "patterns.h"
#include "trace.h"
#include "waits.h"
#include "words.h"

enum { LOOP = 5 }; // steps of an endless loop that are shown

static const struct step *step_at(const struct story *story, uint32_t number)
{
    return &story->shared->trace[number];
}

static const char *who(const struct story *story, uint32_t number)
{
    return trace_name(story->shared, step_at(story, number)->thread);
}

static int line_of(const struct story *story, uint32_t number)
{
    return story_line(story, step_at(story, number)->pc);
}

// The last step of the thread; -1: it made none.
static int64_t last_step(const struct story *story, int thread)
{
    for (uint32_t i = story->length; i > 0; i--) {
        int deed = step_at(story, i - 1)->deed;

        if (step_at(story, i - 1)->thread == thread && deed != DEED_CALL &&
            deed != DEED_RETURN)
            return i - 1;
    }
    return -1;
}

// The first of the thread's last steps that stand in the line of the failure.
static uint32_t failing_from(const struct story *story)
{
    const struct outcome *outcome = &story->shared->outcome;
    int line = story_line(story, outcome->pc);
    uint32_t first = story->length;

    for (uint32_t i = story->length; i > 0; i--) {
        if (step_at(story, i - 1)->thread != outcome->thread)
            continue;
        if (line_of(story, i - 1) != line)
            break;
        first = i - 1;
    }
    return first;
}

// ---- assertions ----

static void say_stale(struct story *story, const struct stale *stale)
{
    char object[128];

    story_object(story, stale->write, object, sizeof object);
    story->flags[stale->write] |= STORY_WRONG;
    if (!stale->read_again)
        story_say(story,
                  "%s overwrites %s at line %d, which %s wrote since %s read "
                  "it (lost update)",
                  who(story, stale->write), object,
                  line_of(story, stale->write), who(story, stale->between),
                  who(story, stale->read));
    else
        story_say(story,
                  "%s changes %s after %s has read it at line %d, and before "
                  "%s writes it at line %d (check-then-act)",
                  who(story, stale->between), object, who(story, stale->read),
                  line_of(story, stale->read), who(story, stale->write),
                  line_of(story, stale->write));
}

// What the failing line reads that others have written.
static bool say_reads(struct story *story, uint32_t from, bool is_first)
{
    int thread = story->shared->outcome.thread;

    for (uint32_t i = story->length; i > from; i--) {
        char object[128], value[64];

        if (step_at(story, i - 1)->thread != thread ||
            !trace_is_access(step_at(story, i - 1)) ||
            !(story->flags[i - 1] & STORY_MATTERS))
            continue;
        story_object(story, i - 1, object, sizeof object);
        words_value(story, i - 1, value, sizeof value);
        story_say(story, "%s%s %sreads %s from %s at line %d",
                  is_first ? "" : "; ", who(story, i - 1),
                  is_first ? "" : "then ", value, object,
                  line_of(story, i - 1));
        int64_t writer = patterns_writer(story, i - 1);
        if (is_first && writer >= 0)
            story_say(story, ", where %s wrote it last, at line %d",
                      who(story, (uint32_t)writer),
                      line_of(story, (uint32_t)writer));
        return true;
    }
    return false;
}

static void explain_assert(struct story *story)
{
    const struct outcome *outcome = &story->shared->outcome;
    uint32_t from = failing_from(story);
    struct stale stale;

    story_end(story, outcome->thread, outcome->pc, "assertion fails");
    bool is_stale = patterns_stale(story, outcome->thread, from, &stale);
    if (is_stale)
        say_stale(story, &stale);
    if (!say_reads(story, from, !is_stale) && !is_stale)
        story_say(story, "In this order of events the assertion fails");
    story_say(story, ".");
}

// ---- crashes ----

// Who freed the block of an address before; -1: nobody.
static int64_t freed_in(const struct story *story, uint64_t address)
{
    const struct block *block = names_block(story->names, address);

    for (uint32_t i = story->length; block != NULL && i > 0; i--)
        if (step_at(story, i - 1)->deed == DEED_FREE &&
            step_at(story, i - 1)->object == block->address)
            return i - 1;
    return -1;
}

static bool explain_heap(struct story *story)
{
    const struct outcome *outcome = &story->shared->outcome;
    const struct step access = {.object = outcome->object,
                                .size = 1,
                                .deed = DEED_READ,
                                .thread = outcome->thread};
    int64_t freed = freed_in(story, outcome->object);
    char object[128];

    if (freed < 0)
        return false;
    bool twice = strncmp(outcome->text, "double free", 11) == 0;
    const char *verb = twice                                ? "frees"
                       : strstr(outcome->text, "it writes") ? "writes"
                                                            : "reads";
    words_object(story, &access, story->length, object, sizeof object);
    if (twice)
        story_object(story, (uint32_t)freed, object, sizeof object);
    story->flags[freed] |= STORY_MATTERS;
    story_end(story, outcome->thread, outcome->pc, "%s %s", verb, object);
    story_say(story, "%s %s %s, which %s freed before, at line %d.",
              trace_name(story->shared, outcome->thread), verb, object,
              who(story, (uint32_t)freed), line_of(story, (uint32_t)freed));
    return true;
}

// The null pointer that the failing line has read; -1: there is none.
static int64_t null_read(const struct story *story, uint32_t from)
{
    for (uint32_t i = story->length; i > from; i--) {
        const struct step *step = step_at(story, i - 1);
        char value[64];

        if (step->thread != story->shared->outcome.thread ||
            trace_writes(step) || story->flags[i - 1] & STORY_NO_VALUE)
            continue;
        words_value(story, i - 1, value, sizeof value);
        if (strcmp(value, "null") == 0)
            return i - 1;
    }
    return -1;
}

static void explain_crash(struct story *story)
{
    const struct outcome *outcome = &story->shared->outcome;
    const char *name = trace_name(story->shared, outcome->thread);
    int64_t last = last_step(story, outcome->thread);
    char object[128];

    if (explain_heap(story))
        return;
    if (last >= 0 && trace_is_access(step_at(story, (uint32_t)last)) &&
        step_at(story, (uint32_t)last)->pc == outcome->pc)
        story->flags[last] |= STORY_NO_VALUE;
    story_end(story, outcome->thread, outcome->pc, "%s", outcome->text);
    int64_t null = null_read(story, failing_from(story));
    if (null < 0) {
        story_say(story, "%s crashes at line %d: %s.", name,
                  story_line(story, outcome->pc), outcome->text);
        return;
    }
    int64_t writer = patterns_writer(story, (uint32_t)null);
    story_object(story, (uint32_t)null, object, sizeof object);
    story->flags[null] |= STORY_MATTERS;
    story_say(story, "%s follows %s, which is a null pointer", name, object);
    if (writer >= 0)
        story_say(story, " since %s wrote it at line %d",
                  who(story, (uint32_t)writer),
                  line_of(story, (uint32_t)writer));
    story_say(story, ".");
}

// ---- races ----

static int64_t step_of(const struct story *story, const struct access *access)
{
    for (uint32_t i = story->length; i > 0; i--)
        if (step_at(story, i - 1)->thread == access->thread &&
            step_at(story, i - 1)->pc == access->pc)
            return i - 1;
    return -1;
}

static void say_access(struct story *story, const struct access *access)
{
    const struct glance glance = {access->thread, story->length,
                                  access->address, access->size};
    char object[128], lock[128];
    Dwarf_Die type;

    names_write(story->names, &glance, object, sizeof object, &type);
    story_say(story, "%s %s %s at line %d ",
              trace_name(story->shared, access->thread),
              access->writes ? "writes" : "reads", object,
              story_line(story, access->pc));
    if (access->locks[0] == 0)
        story_say(story, "without a lock");
    for (int i = 0; i < 4 && access->locks[i] != 0; i++) {
        story_lock(story, access->locks[i], lock, sizeof lock);
        story_say(story, "%s%s", i == 0 ? "holding " : " and ", lock);
    }
}

static void explain_race(struct story *story)
{
    const struct outcome *outcome = &story->shared->outcome;
    int64_t first = step_of(story, &outcome->first);
    int64_t second = step_of(story, &outcome->second);

    if (first >= 0)
        story->flags[first] |= STORY_MATTERS | STORY_WRONG;
    if (second >= 0) {
        story->flags[second] |= STORY_MATTERS | STORY_WRONG;
        if (outcome->second.writes) // it ended before it wrote
            story->flags[second] |= STORY_NO_VALUE;
    }
    say_access(story, &outcome->first);
    story_say(story, ", and ");
    say_access(story, &outcome->second);
    story_say(story, ", and nothing orders the two (data race).");
}

// ---- the others ----

static void explain_misuse(struct story *story)
{
    const struct outcome *outcome = &story->shared->outcome;
    int64_t last = last_step(story, outcome->thread);
    char object[128];

    story_say(story, "%s", outcome->text);
    if (outcome->object != 0) {
        story_lock(story, outcome->object, object, sizeof object);
        story_say(story, ": %s", object);
        int64_t taken = patterns_taken(story, -1, outcome->object);
        if (taken >= 0)
            story_say(story, ", which %s locked at line %d",
                      who(story, (uint32_t)taken),
                      line_of(story, (uint32_t)taken));
    }
    story_say(story, " (line %d).", story_line(story, outcome->pc));
    if (last >= 0 && step_at(story, (uint32_t)last)->pc == outcome->pc)
        story->flags[last] |= STORY_MATTERS | STORY_WRONG;
    else
        story_end(story, outcome->thread, outcome->pc, "%s", outcome->text);
}

// Whoever made the last steps did so without end; with others, maybe.
static void explain_livelock(struct story *story)
{
    uint32_t first = story->length > 1000 ? story->length - 1000 : 0;
    bool takes_part[THREADS_LIMIT] = {false};
    int count = 0;

    for (uint32_t i = first; i < story->length; i++) {
        int thread = step_at(story, i)->thread;

        if (!takes_part[thread]) {
            takes_part[thread] = true;
            count++;
            story_say(story, "%s%s", count > 1 ? " and " : "", who(story, i));
        }
    }
    story_say(story, " %s on and on without an end", count > 1 ? "go" : "goes");
    if (count == 1 && story->length > 0) {
        char object[128];

        story_object(story, story->length - 1, object, sizeof object);
        story_say(story, ", at line %d", line_of(story, story->length - 1));
        if (object[0] != '\0')
            story_say(story, " with %s", object);
    }
    story_say(story, ": %u steps were allowed.", story->shared->order.steps);
    for (uint32_t i = story->length; i > 0 && i + LOOP > story->length; i--)
        story->flags[i - 1] |= STORY_MATTERS;
    story_end(story, story->shared->outcome.thread, story->shared->outcome.pc,
              "and so on, without an end");
}

static void explain_other(struct story *story)
{
    const struct outcome *outcome = &story->shared->outcome;

    story_end(story, outcome->thread, outcome->pc, "%s", outcome->text);
    story_say(story, "%s.", outcome->text);
}

void explain(struct story *story)
{
    switch (story->shared->outcome.finding) {
    case FINDING_NONE:
    case FINDING_PAUSED:
        break;
    case FINDING_ASSERT:
        explain_assert(story);
        break;
    case FINDING_CRASH:
        explain_crash(story);
        break;
    case FINDING_DEADLOCK:
        waits_explain(story);
        break;
    case FINDING_LIVELOCK:
        explain_livelock(story);
        break;
    case FINDING_RACE:
        explain_race(story);
        break;
    case FINDING_MISUSE:
        explain_misuse(story);
        break;
    default:
        explain_other(story);
    }
}
