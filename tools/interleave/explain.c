#include "explain.h"

#include <stdio.h>
#include <string.h>

#include "crash.h"
#include "patterns.h"
#include "trace.h"
#include "waits.h"
#include "words.h"

enum { LOOP = 5 }; // steps of an endless loop that are shown

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
                  story_who(story, stale->write), object,
                  story_line_of(story, stale->write),
                  story_who(story, stale->between),
                  story_who(story, stale->read));
    else
        story_say(
            story,
            "%s changes %s after %s has read it at line %d, and before "
            "%s writes it at line %d (check-then-act)",
            story_who(story, stale->between), object,
            story_who(story, stale->read), story_line_of(story, stale->read),
            story_who(story, stale->write), story_line_of(story, stale->write));
}

// What the failing line reads that others have written.
static bool say_reads(struct story *story, uint32_t from, bool is_first)
{
    int thread = story->shared->outcome.thread;

    for (uint32_t i = story->length; i > from; i--) {
        char object[128], value[64];

        if (story_step(story, i - 1)->thread != thread ||
            !trace_is_access(story_step(story, i - 1)) ||
            !(story->flags[i - 1] & STORY_MATTERS))
            continue;
        story_object(story, i - 1, object, sizeof object);
        words_value(story, i - 1, value, sizeof value);
        story_say(story, "%s%s %sreads %s from %s at line %d",
                  is_first ? "" : "; ", story_who(story, i - 1),
                  is_first ? "" : "then ", value, object,
                  story_line_of(story, i - 1));
        int64_t writer = patterns_writer(story, i - 1);
        if (is_first && writer >= 0)
            story_say(story, ", where %s wrote it last, at line %d",
                      story_who(story, (uint32_t)writer),
                      story_line_of(story, (uint32_t)writer));
        return true;
    }
    return false;
}

static void explain_assert(struct story *story)
{
    const struct outcome *outcome = &story->shared->outcome;
    uint32_t from = story_failing_from(story);
    struct stale stale;

    story_end(story, outcome->thread, outcome->pc, "assertion fails");
    bool is_stale = patterns_stale(story, outcome->thread, from, &stale);
    if (is_stale)
        say_stale(story, &stale);
    if (!say_reads(story, from, !is_stale) && !is_stale)
        story_say(story, "In this order of events the assertion fails");
    story_say(story, ".");
}

// ---- races ----

static int64_t step_of(const struct story *story, const struct access *access)
{
    for (uint32_t i = story->length; i > 0; i--)
        if (story_step(story, i - 1)->thread == access->thread &&
            story_step(story, i - 1)->pc == access->pc)
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
    int64_t last = story_last_step(story, outcome->thread);

    story_say(story, "%s (line %d).", story->text,
              story_line(story, outcome->pc));
    if (last >= 0 && story_step(story, (uint32_t)last)->pc == outcome->pc)
        story->flags[last] |= STORY_MATTERS | STORY_WRONG;
    else
        story_end(story, outcome->thread, outcome->pc, "%s", story->text);
}

// Whoever made the last steps did so without end; with others, maybe.
static void explain_livelock(struct story *story)
{
    uint32_t first =
        story->length > 2000 ? story->length - 1000 : story->length / 2;
    bool takes_part[THREADS_LIMIT] = {false};
    int count = 0;

    for (uint32_t i = first; i < story->length; i++) {
        int thread = story_step(story, i)->thread;

        if (!takes_part[thread]) {
            takes_part[thread] = true;
            count++;
            story_say(story, "%s%s", count > 1 ? " and " : "",
                      story_who(story, i));
        }
    }
    story_say(story, " %s on and on without an end", count > 1 ? "go" : "goes");
    if (count == 1 && story->length > 0) {
        char object[128];

        story_object(story, story->length - 1, object, sizeof object);
        story_say(story, ", at line %d",
                  story_line_of(story, story->length - 1));
        if (object[0] != '\0')
            story_say(story, " with %s", object);
    }
    story_say(story, ": %u steps were allowed.", story->shared->order.steps);
    for (uint32_t i = story->length; i > 0 && i + LOOP > story->length; i--)
        story->flags[i - 1] |= STORY_MATTERS;
    story_end(story, story->shared->outcome.thread, story->shared->outcome.pc,
              "and so on, without an end");
}

static void explain_exit(struct story *story)
{
    const struct outcome *outcome = &story->shared->outcome;

    story_end(story, outcome->thread, outcome->pc, "%s", story->text);
    story_say(story, "%s ends the process with %s",
              trace_name(story->shared, outcome->thread), story->text);
    if (story_line(story, outcome->pc) > 0)
        story_say(story, " at line %d", story_line(story, outcome->pc));
    story_say(story, ".");
}

static void explain_other(struct story *story)
{
    const struct outcome *outcome = &story->shared->outcome;

    story_end(story, outcome->thread, outcome->pc, "%s", story->text);
    story_say(story, "%s.", story->text);
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
        crash_explain(story);
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
    case FINDING_EXIT:
        explain_exit(story);
        break;
    default:
        explain_other(story);
    }
}
