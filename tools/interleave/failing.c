#include "failing.h"

#include <stdio.h>
#include <string.h>

#include "patterns.h"
#include "trace.h"
#include "words.h"

enum { READS = 8 }; // of the failing line that are shown

// ---- accesses that are not atomic together ----

// A write in the line of the read, or of one more or less, is an update; else
// what was read was a condition.
static bool is_update(const struct story *story, const struct stale *stale)
{
    return story_line_of(story, stale->read) ==
               story_line_of(story, stale->write) ||
           patterns_is_count(story_step(story, stale->read),
                             story_step(story, stale->write));
}

static void say_overwritten(struct story *story, const struct stale *stale,
                            const char *object)
{
    story_say(story,
              "%s overwrites %s at line %d, which %s wrote since %s read it",
              story_who(story, stale->write), object,
              story_line_of(story, stale->write),
              story_who(story, stale->between), story_who(story, stale->read));
    if (is_update(story, stale))
        story_say(story, " (lost update)");
    else
        story_say(story, " at line %d (check-then-act)",
                  story_line_of(story, stale->read));
}

// The step with which the thread was woken between its check and its write; -1:
// it did not wait.
static int64_t find_wake(const struct story *story, const struct stale *stale)
{
    int thread = story_step(story, stale->write)->thread;

    for (uint32_t i = stale->write; i > stale->read; i--)
        if (story_step(story, i - 1)->thread == thread &&
            story_step(story, i - 1)->deed == DEED_WAKE)
            return i - 1;
    return -1;
}

static void say_changed(struct story *story, const struct stale *stale,
                        const char *object)
{
    const char *own = story_who(story, stale->write);
    const char *first = story_who(story, stale->between);
    const char *last = story_who(story, stale->last);
    bool one = strcmp(first, last) == 0;
    int64_t wake = find_wake(story, stale);

    story_say(story, "%s reads %s at line %d", own, object,
              story_line_of(story, stale->read));
    story_say(story, "; then %s%s%s %s it", first, one ? "" : " and ",
              one ? "" : last, one ? "changes" : "change");
    if (wake >= 0)
        story_say(story, "; then %s, woken at line %d, ", own,
                  story_line_of(story, (uint32_t)wake));
    else
        story_say(story, "; then %s ", own);
    story_say(story, "writes it at line %d (%s)",
              story_line_of(story, stale->write),
              wake >= 0 ? "stolen wakeup" : "check-then-act");
}

static bool say_stale(struct story *story, uint32_t from)
{
    struct stale stale;
    char object[128];

    if (!patterns_stale(story, story->shared->outcome.thread, from, &stale))
        return false;
    story_object(story, stale.write, object, sizeof object);
    story->flags[stale.write] |= STORY_WRONG;
    if (stale.read_again)
        say_changed(story, &stale, object);
    else
        say_overwritten(story, &stale, object);
    return true;
}

static bool say_aba(struct story *story)
{
    struct aba aba;
    char object[128], value[64];

    if (!patterns_aba(story, &aba))
        return false;
    story_object(story, aba.swap, object, sizeof object);
    words_value(story, aba.read, value, sizeof value);
    story->flags[aba.swap] |= STORY_WRONG;
    story_say(story,
              "%s finds at line %d that %s is still %s, as at line %d; but %s "
              "has changed it since, and changed it back (ABA)",
              story_who(story, aba.swap), story_line_of(story, aba.swap),
              object, value, story_line_of(story, aba.read),
              story_who(story, aba.back));
    return true;
}

static bool say_torn(struct story *story)
{
    struct torn torn;
    char first[128], second[128];

    if (!patterns_torn(story, story->shared->outcome.thread, &torn))
        return false;
    story_object(story, torn.first, first, sizeof first);
    story_object(story, torn.second, second, sizeof second);
    story->flags[torn.second] |= STORY_WRONG;
    story_say(story,
              "%s reads %s at line %d; then %s changes %s and %s; then %s "
              "reads %s at line %d: the two do not belong together (torn read)",
              story_who(story, torn.first), first,
              story_line_of(story, torn.first), story_who(story, torn.after),
              first, second, story_who(story, torn.second), second,
              story_line_of(story, torn.second));
    return true;
}

// ---- what the failing line has read ----

static bool is_named(const struct story *story, uint32_t number)
{
    const struct step *step = story_step(story, number);
    const struct glance glance = {.thread = step->thread,
                                  .when = number,
                                  .address = step->object,
                                  .bytes = step->size};
    const struct fate *fate = &story->shared->fate[step->thread];
    char name[128];
    Dwarf_Die type;

    return (step->object < fate->stack_low ||
            step->object >= fate->stack_high) &&
           names_write(story->names, &glance, name, sizeof name, &type);
}

// The failing line's reads matter, whoever wrote what they see.
static void show_reads(struct story *story, uint32_t from)
{
    int shown = 0;

    for (uint32_t i = story->length; i > from && shown < READS; i--) {
        const struct step *step = story_step(story, i - 1);

        if (step->thread != story->shared->outcome.thread ||
            !trace_is_access(step) || trace_writes(step) ||
            !is_named(story, i - 1))
            continue;
        story->flags[i - 1] |= STORY_MATTERS;
        shown++;
    }
}

// Who is about to write what that step reads; -1: nobody.
static int find_late_writer(const struct story *story, uint32_t number)
{
    const struct step *read = story_step(story, number);

    for (uint32_t i = 0; i < story->shared->threads; i++) {
        const struct fate *fate = &story->shared->fate[i];
        const struct step next = {
            .object = fate->object, .deed = fate->deed, .size = fate->size};

        if (!fate->finished && i != read->thread && trace_writes(&next) &&
            trace_overlap(&next, read))
            return (int)i;
    }
    return -1;
}

static void say_writer(struct story *story, uint32_t read)
{
    int64_t writer = patterns_writer(story, read);
    int late = find_late_writer(story, read);

    if (late >= 0)
        story_say(story, " while %s is about to write it at line %d",
                  trace_name(story->shared, (uint64_t)late),
                  story_line(story, story->shared->fate[late].pc));
    else if (writer >= 0)
        story_say(story, ", which %s wrote last, at line %d",
                  story_who(story, (uint32_t)writer),
                  story_line_of(story, (uint32_t)writer));
    else
        story_say(story, ", which nobody has written so far");
}

// What the failing line read last that others write.
static bool say_read(struct story *story, uint32_t from, bool is_first)
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
        if (is_first)
            say_writer(story, i - 1);
        return true;
    }
    return false;
}

// The thread's waiting ended early, and what it did then led to the failure
// without another look at what the others write; -1: no.
static int64_t find_early(const struct story *story, uint32_t from)
{
    for (uint32_t i = from; i > 0; i--) {
        const struct step *step = story_step(story, i - 1);

        if (step->thread != story->shared->outcome.thread)
            continue;
        if (step->deed == DEED_WAKE_EARLY)
            return i - 1;
        if (step->deed == DEED_WAKE ||
            (trace_is_access(step) && story->flags[i - 1] & STORY_MATTERS))
            return -1;
    }
    return -1;
}

static bool say_early(struct story *story, uint32_t from)
{
    int64_t early = find_early(story, from);

    if (early < 0)
        return false;
    story->flags[early] |= STORY_WRONG;
    story_say(story,
              "%s wakes at line %d though nobody has signalled, and does not "
              "look again (spurious wakeup)",
              story_who(story, (uint32_t)early),
              story_line_of(story, (uint32_t)early));
    return true;
}

// The last step with which the thread was told something; -1: there is none.
static int64_t find_input(const struct story *story, int thread)
{
    for (uint32_t i = story->length; i > 0; i--)
        if (story_step(story, i - 1)->thread == thread &&
            story_step(story, i - 1)->deed == DEED_INPUT)
            return i - 1;
    return -1;
}

// Nothing is known but, perhaps, what the thread was told last.
static void say_input(struct story *story)
{
    int64_t input = find_input(story, story->shared->outcome.thread);
    char object[128] = "";

    if (input >= 0)
        story_object(story, (uint32_t)input, object, sizeof object);
    if (object[0] == '\0') {
        story_say(story, "In this order of events the assertion fails");
        return;
    }
    story_say(story,
              "%s reads %s at line %d, and in this order of events the "
              "assertion fails",
              story_who(story, (uint32_t)input), object,
              story_line_of(story, (uint32_t)input));
}

// The process ends, and others have not come to their ends.
static void say_left_behind(struct story *story)
{
    int thread = story->shared->outcome.thread;
    bool ends = false;

    for (uint32_t i = story->length; i > 0 && !ends; i--)
        ends = story_step(story, i - 1)->thread == thread &&
               story_step(story, i - 1)->deed == DEED_EXIT;
    for (uint32_t i = 0; ends && i < story->shared->threads; i++)
        if ((int)i != thread && !story->shared->fate[i].finished) {
            story_say(story, "; the process ends while %s still runs",
                      trace_name(story->shared, i));
            return;
        }
}

void failing_explain(struct story *story)
{
    const struct outcome *outcome = &story->shared->outcome;
    uint32_t from = story_failing_from(story);

    story_end(story, outcome->thread, outcome->pc, "assertion fails");
    bool is_known =
        say_stale(story, from) || say_aba(story) || say_early(story, from);
    is_known = say_read(story, from, !is_known) || is_known;
    show_reads(story, from);
    if (!is_known && !say_read(story, from, true) && !say_torn(story))
        say_input(story);
    say_left_behind(story);
    story_say(story, ".");
}
