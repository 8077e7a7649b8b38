#include "crash.h"

#include <stdio.h>
#include <string.h>

#include "patterns.h"
#include "trace.h"
#include "words.h"

// Who freed the block of an address before; -1: nobody.
static int64_t freed_in(const struct story *story, uint64_t address)
{
    const struct block *block = names_block(story->names, address);

    for (uint32_t i = story->length; block != NULL && i > 0; i--)
        if (story_step(story, i - 1)->deed == DEED_FREE &&
            story_step(story, i - 1)->object == block->address)
            return i - 1;
    return -1;
}

static bool is_access_to(const struct step *step, const struct outcome *outcome)
{
    return trace_is_access(step) && step->pc == outcome->pc &&
           outcome->object >= step->object &&
           outcome->object - step->object < step->size;
}

// The access that went wrong: it is the thread's last step, or, if it was no
// scheduling point, comes behind it.
static void mark_access(struct story *story, const char *verb,
                        const char *object)
{
    const struct outcome *outcome = &story->shared->outcome;
    int64_t last = story_last_step(story, outcome->thread);

    if (last >= 0 && is_access_to(story_step(story, (uint32_t)last), outcome))
        story->flags[last] |= STORY_MATTERS | STORY_WRONG | STORY_NO_VALUE;
    else
        story_end(story, outcome->thread, outcome->pc, "%s %s", verb, object);
}

static bool explain_heap(struct story *story)
{
    const struct outcome *outcome = &story->shared->outcome;
    bool is_lock = strstr(outcome->text, " uses ") != NULL;
    const struct step access = {.object = outcome->object,
                                .size = is_lock ? 0 : 1,
                                .deed = is_lock ? DEED_LOCK : DEED_READ,
                                .thread = outcome->thread};
    int64_t freed = freed_in(story, outcome->object);
    char object[128];

    if (freed < 0)
        return false;
    bool twice = strncmp(outcome->text, "double free", 11) == 0;
    const char *verb = twice                                ? "frees"
                       : is_lock                            ? "uses"
                       : strstr(outcome->text, "it writes") ? "writes"
                                                            : "reads";
    words_object(story, &access, story->length, object, sizeof object);
    if (twice)
        story_object(story, (uint32_t)freed, object, sizeof object);
    story->flags[freed] |= STORY_MATTERS;
    mark_access(story, verb, object);
    story_say(story, "%s %s %s, which %s freed before, at line %d.",
              trace_name(story->shared, outcome->thread), verb, object,
              story_who(story, (uint32_t)freed),
              story_line_of(story, (uint32_t)freed));
    return true;
}

// The null pointer that the failing line has read; -1: there is none.
static int64_t null_read(const struct story *story, uint32_t from)
{
    for (uint32_t i = story->length; i > from; i--) {
        const struct step *step = story_step(story, i - 1);
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

void crash_explain(struct story *story)
{
    const struct outcome *outcome = &story->shared->outcome;
    const char *name = trace_name(story->shared, outcome->thread);
    int64_t last = story_last_step(story, outcome->thread);
    char object[128];

    if (explain_heap(story))
        return;
    if (last >= 0 && trace_is_access(story_step(story, (uint32_t)last)) &&
        story_step(story, (uint32_t)last)->pc == outcome->pc)
        story->flags[last] |= STORY_NO_VALUE;
    story_end(story, outcome->thread, outcome->pc, "%s", story->text);
    int64_t null = null_read(story, story_failing_from(story));
    if (null < 0) {
        story_say(story, "%s crashes at line %d: %s.", name,
                  story_line(story, outcome->pc), story->text);
        return;
    }
    int64_t writer = patterns_writer(story, (uint32_t)null);
    story_object(story, (uint32_t)null, object, sizeof object);
    story->flags[null] |= STORY_MATTERS;
    story_say(story, "%s follows %s, which is a null pointer", name, object);
    if (writer >= 0)
        story_say(story, " since %s wrote it at line %d",
                  story_who(story, (uint32_t)writer),
                  story_line_of(story, (uint32_t)writer));
    story_say(story, ".");
}
