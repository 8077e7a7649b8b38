#include "explain.h"

#include <stdio.h>
#include <string.h>

#include "crash.h"
#include "failing.h"
#include "patterns.h"
#include "siblings.h"
#include "trace.h"
#include "waits.h"
#include "words.h"

enum { ROUNDS = 100, LOOP = 5 }; // steps of an endless loop: at least, shown

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
    const struct glance glance = {.thread = access->thread,
                                  .when = story->length,
                                  .address = access->address,
                                  .bytes = access->size};
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

// A function of the C library whose result all threads share is at fault
// itself.
static void say_sibling(struct story *story)
{
    const struct access *access = &story->shared->outcome.second;
    const struct glance glance = {.thread = access->thread,
                                  .when = story->length,
                                  .address = access->address,
                                  .bytes = access->size};
    char object[128];
    Dwarf_Die type;

    names_write(story->names, &glance, object, sizeof object, &type);
    const char *advice = siblings_advice(object);
    if (advice != NULL)
        story_say(story, " %s.", advice);
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
    say_sibling(story);
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

// What is printed on the way is no reason to go on.
static int64_t last_of_loop(const struct story *story)
{
    for (uint32_t i = story->length; i > 0; i--)
        if (story_step(story, i - 1)->deed != DEED_PRINT)
            return i - 1;
    return -1;
}

// Whoever made the last steps did so without end; with others, maybe. (So many
// rounds there are at least: runtime/idle.c.)
static void explain_livelock(struct story *story)
{
    uint32_t first = story->length > ROUNDS ? story->length - ROUNDS : 0;
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
    story_say(story, "%s %s round and round without an end",
              count > 0
                  ? ""
                  : trace_name(story->shared, story->shared->outcome.thread),
              count > 1 ? "go" : "goes");
    int64_t last = last_of_loop(story);
    if (count == 1 && last >= 0) {
        char object[128];

        story_object(story, (uint32_t)last, object, sizeof object);
        story_say(story, ", at line %d", story_line_of(story, (uint32_t)last));
        if (object[0] != '\0')
            story_say(story, " with %s", object);
    }
    if (strstr(story->text, "nobody changes") != NULL)
        story_say(story, ": nobody changes what %s at",
                  count > 1 ? "they look" : "it looks");
    story_say(story, ".");
    for (uint32_t i = story->length; i > 0 && i + LOOP > story->length; i--)
        if (story_step(story, i - 1)->deed != DEED_PRINT)
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
        failing_explain(story);
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
