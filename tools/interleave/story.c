#include "story.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain.h"
#include "locks.h"
#include "matters.h"
#include "sentence.h"
#include "trace.h"
#include "words.h"

// A lock that is held cannot be taken: a try fails then.
static void mark_failed_tries(struct story *story)
{
    struct locks *locks = locks_open(story->shared);

    for (uint32_t i = 0; locks != NULL && i < story->length; i++)
        if (!locks_step(locks, &story->shared->trace[i]))
            story->flags[i] |= STORY_FAILED;
    locks_close(locks);
}

static void write_text(struct story *story)
{
    const struct outcome *outcome = &story->shared->outcome;
    char object[128];

    if (outcome->object != 0)
        story_lock(story, outcome->object, object, sizeof object);
    sentence_write(outcome, story->symbols,
                   outcome->object != 0 ? object : NULL, story->text,
                   sizeof story->text);
}

struct story *story_open(const struct shared *shared, struct symbols *symbols)
{
    struct story *story = calloc(1, sizeof *story);

    if (story == NULL)
        return NULL;
    story->shared = shared;
    story->symbols = symbols;
    story->length = trace_length(shared);
    story->flags = calloc(story->length + 1, 1);
    story->names = names_open(shared, symbols);
    if (story->flags == NULL || story->names == NULL) {
        story_close(story);
        return NULL;
    }
    write_text(story);
    mark_failed_tries(story);
    matters_mark(story);
    explain(story);
    return story;
}

void story_close(struct story *story)
{
    if (story == NULL)
        return;
    names_close(story->names);
    free(story->flags);
    free(story);
}

bool story_shows(const struct story *story, uint32_t number, bool all)
{
    int deed = story->shared->trace[number].deed;

    if (story->flags[number] & (STORY_MATTERS | STORY_WRONG))
        return true;
    return all && deed != DEED_CALL && deed != DEED_RETURN;
}

void story_object(const struct story *story, uint32_t number, char *text,
                  size_t size)
{
    words_object(story, &story->shared->trace[number], number, text, size);
}

void story_lock(const struct story *story, uint64_t address, char *text,
                size_t size)
{
    const struct glance glance = {
        .thread = -1, .when = story->length, .address = address};
    Dwarf_Die type;

    names_write(story->names, &glance, text, size, &type);
}

int story_line(const struct story *story, uint64_t pc)
{
    struct place place;

    symbols_place(story->symbols, pc, &place);
    return place.line;
}

void story_say(struct story *story, const char *text, ...)
{
    size_t length = strlen(story->sentence);
    va_list arguments;

    va_start(arguments, text);
    vsnprintf(story->sentence + length, sizeof story->sentence - length, text,
              arguments);
    va_end(arguments);
}

struct ending *story_end(struct story *story, int thread, uint64_t pc,
                         const char *text, ...)
{
    int number = story->endings;
    va_list arguments;

    if (number == THREADS_LIMIT)
        number = --story->endings;
    struct ending *ending = &story->ending[number];
    *ending =
        (struct ending){.thread = (uint8_t)thread, .wrong = true, .pc = pc};
    va_start(arguments, text);
    vsnprintf(ending->text, sizeof ending->text, text, arguments);
    va_end(arguments);
    story->endings++;
    return ending;
}

const struct step *story_step(const struct story *story, uint32_t number)
{
    return &story->shared->trace[number];
}

const char *story_who(const struct story *story, uint32_t number)
{
    return trace_name(story->shared, story_step(story, number)->thread);
}

int story_line_of(const struct story *story, uint32_t number)
{
    return story_line(story, story_step(story, number)->pc);
}

int64_t story_last_step(const struct story *story, int thread)
{
    for (uint32_t i = story->length; i > 0; i--) {
        int deed = story_step(story, i - 1)->deed;

        if (story_step(story, i - 1)->thread == thread && deed != DEED_CALL &&
            deed != DEED_RETURN && deed != DEED_PRINT)
            return i - 1;
    }
    return -1;
}

uint32_t story_failing_from(const struct story *story)
{
    const struct outcome *outcome = &story->shared->outcome;
    int line = story_line(story, outcome->pc);
    uint32_t first = story->length;

    for (uint32_t i = story->length; i > 0; i--) {
        if (story_step(story, i - 1)->thread != outcome->thread)
            continue;
        if (story_line_of(story, i - 1) != line)
            break;
        first = i - 1;
    }
    return first;
}
