#include "show_json.h"

#include <jansson.h>
#include <string.h>

#include "report.h"
#include "rows.h"
#include "trace.h"
#include "waiting.h"
#include "words.h"

enum {
    VERSION = 1,
    FIRST_STEPS = 5000, // of a very long run
    LAST_STEPS = 5000,
    SOURCE_LIMIT = 1 << 20 // bytes of one file
};

// Names come from the program, which may have written any bytes there.
json_t *show_json_text(const char *text)
{
    json_t *string = json_string(text);

    return string != NULL ? string : json_string("?");
}

static json_t *text_or_null(const char *text)
{
    return text[0] != '\0' ? show_json_text(text) : json_null();
}

static void set_place(json_t *object, const struct story *story, uint64_t pc)
{
    struct place place;
    bool known = symbols_place(story->symbols, pc, &place);

    json_object_set_new(object, "file",
                        known ? show_json_text(place.file) : json_null());
    json_object_set_new(object, "line",
                        known ? json_integer(place.line) : json_null());
    json_object_set_new(object, "function",
                        known ? show_json_text(place.function) : json_null());
}

json_t *show_json_finding(const struct story *story)
{
    const struct outcome *outcome = &story->shared->outcome;

    if (outcome->finding == FINDING_NONE)
        return json_null();
    json_t *finding = json_object();
    json_object_set_new(finding, "kind",
                        json_string(report_kind(outcome->finding)));
    json_object_set_new(finding, "text", show_json_text(story->text));
    json_object_set_new(finding, "sentence", show_json_text(story->sentence));
    json_object_set_new(finding, "thread", json_integer(outcome->thread));
    set_place(finding, story, outcome->pc);
    return finding;
}

json_t *show_json_threads(const struct story *story)
{
    json_t *threads = json_array();
    int lane[THREADS_LIMIT];

    rows_lanes(story, false, lane);
    for (uint32_t i = 0; i < story->shared->threads; i++) {
        json_t *thread = json_object();

        json_object_set_new(thread, "number", json_integer(i));
        json_object_set_new(thread, "name",
                            show_json_text(trace_name(story->shared, i)));
        json_object_set_new(thread, "lane",
                            lane[i] >= 0 ? json_integer(lane[i]) : json_null());
        json_array_append_new(threads, thread);
    }
    return threads;
}

// ---- steps ----

static json_t *held_of(const struct story *story, const struct locks *locks)
{
    enum { ROOM = 16 };
    json_t *held = json_array();
    uint64_t lock[ROOM];
    char name[128];

    for (uint32_t i = 0; i < story->shared->threads; i++) {
        int count = locks_of(locks, (int)i, lock, ROOM);

        for (int j = 0; j < count; j++) {
            json_t *hold = json_object();

            story_lock(story, lock[j], name, sizeof name);
            json_object_set_new(hold, "thread", json_integer(i));
            json_object_set_new(hold, "lock", show_json_text(name));
            json_array_append_new(held, hold);
        }
    }
    return held;
}

static json_t *waits_of(const struct story *story,
                        const struct waiting *waiting)
{
    json_t *waits = json_array();
    char name[128];
    int holder;

    for (uint32_t i = 0; i < story->shared->threads; i++) {
        if (!waiting_of(waiting, (int)i, name, sizeof name, &holder))
            continue;
        json_t *wait = json_object();
        json_object_set_new(wait, "thread", json_integer(i));
        json_object_set_new(wait, "for", show_json_text(name));
        json_object_set_new(wait, "holder",
                            holder >= 0 ? json_integer(holder) : json_null());
        json_array_append_new(waits, wait);
    }
    return waits;
}

static json_t *step_of(const struct story *story, uint32_t number)
{
    const struct step *step = &story->shared->trace[number];
    json_t *object = json_object();
    char text[300];

    json_object_set_new(object, "thread", json_integer(step->thread));
    set_place(object, story, step->pc);
    json_object_set_new(object, "deed", json_string(words_deed(step->deed)));
    words_object(story, step, number, text, sizeof text);
    json_object_set_new(object, "variable", text_or_null(text));
    words_value(story, number, text, sizeof text);
    json_object_set_new(object, "value", text_or_null(text));
    words_step(story, number, text, sizeof text);
    json_object_set_new(object, "words", show_json_text(text));
    json_object_set_new(object, "shown",
                        json_boolean(story_shows(story, number, false)));
    json_object_set_new(object, "wrong",
                        json_boolean(story->flags[number] & STORY_WRONG));
    return object;
}

static json_t *ending_of(const struct story *story, const struct ending *ending)
{
    json_t *object = json_object();

    json_object_set_new(object, "thread", json_integer(ending->thread));
    set_place(object, story, ending->pc);
    json_object_set_new(object, "deed", json_string("failure"));
    json_object_set_new(object, "variable", json_null());
    json_object_set_new(object, "value", json_null());
    json_object_set_new(object, "words", show_json_text(ending->text));
    json_object_set_new(object, "shown", json_true());
    json_object_set_new(object, "wrong", json_boolean(ending->wrong));
    return object;
}

void show_json_state(json_t *object, const struct story *story,
                     const struct locks *locks, const struct waiting *waiting)
{
    json_object_set_new(object, "held",
                        locks != NULL ? held_of(story, locks) : json_array());
    json_object_set_new(object, "waits", waits_of(story, waiting));
}

static void append_step(json_t *steps, json_t *step, const struct story *story,
                        const struct locks *locks,
                        const struct waiting *waiting)
{
    show_json_state(step, story, locks, waiting);
    json_array_append_new(steps, step);
}

static void append_endings(json_t *steps, const struct story *story,
                           const struct locks *locks,
                           const struct waiting *waiting)
{
    for (int i = 0; locks != NULL && i < story->endings; i++)
        append_step(steps, ending_of(story, &story->ending[i]), story, locks,
                    waiting);
}

json_t *show_json_steps(const struct story *story, uint32_t from)
{
    struct waiting *waiting = waiting_open(story);
    const struct locks *locks = NULL;
    json_t *steps = json_array();

    for (uint32_t i = 0; waiting != NULL && i < story->length; i++) {
        locks = waiting_step(waiting);
        if (i >= from && (story_shows(story, i, false) ||
                          story->shared->trace[i].deed == DEED_PRINT))
            append_step(steps, step_of(story, i), story, locks, waiting);
    }
    if (story->shared->outcome.finding != FINDING_PAUSED)
        append_endings(steps, story, locks, waiting);
    waiting_close(waiting);
    return steps;
}

static json_t *steps_of(const struct story *story, uint32_t *left_out)
{
    struct waiting *waiting = waiting_open(story);
    const struct locks *locks = NULL;
    json_t *steps = json_array();
    uint32_t shown = 0, total = 0;

    for (uint32_t i = 0; i < story->length; i++)
        total += story_shows(story, i, true);
    for (uint32_t i = 0; waiting != NULL && i < story->length; i++) {
        locks = waiting_step(waiting);
        if (!story_shows(story, i, true))
            continue;
        if (shown++ >= FIRST_STEPS && shown + LAST_STEPS <= total) {
            ++*left_out;
            continue;
        }
        append_step(steps, step_of(story, i), story, locks, waiting);
    }
    append_endings(steps, story, locks, waiting);
    waiting_close(waiting);
    return steps;
}

// ---- source files ----

static json_t *source_of(const struct story *story, const char *name)
{
    static char text[SOURCE_LIMIT];
    char path[4096];

    if (!symbols_source(story->symbols, name, path, sizeof path))
        return json_null();
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return json_null();
    size_t length = fread(text, 1, sizeof text, file);
    fclose(file);
    json_t *source = json_stringn(text, length);
    return source != NULL ? source : json_null();
}

// The files that the steps stand in.
json_t *show_json_sources(const struct story *story, const json_t *steps)
{
    json_t *sources = json_object();
    const json_t *step;
    size_t i;

    json_array_foreach(steps, i, step)
    {
        const char *file = json_string_value(json_object_get(step, "file"));

        if (file != NULL && json_object_get(sources, file) == NULL)
            json_object_set_new(sources, file, source_of(story, file));
    }
    return sources;
}

json_t *show_json_command(char *command[])
{
    json_t *words = json_array();

    for (int i = 0; command[i] != NULL; i++)
        json_array_append_new(words, show_json_text(command[i]));
    return words;
}

json_t *show_json_object(const struct story *story, char *command[])
{
    uint32_t left_out = 0;
    json_t *steps = steps_of(story, &left_out);
    json_t *object = json_object();

    json_object_set_new(object, "version", json_integer(VERSION));
    json_object_set_new(object, "command", show_json_command(command));
    json_object_set_new(object, "finding", show_json_finding(story));
    json_object_set_new(object, "threads", show_json_threads(story));
    json_object_set_new(object, "sources", show_json_sources(story, steps));
    json_object_set_new(object, "left_out", json_integer(left_out));
    json_object_set_new(object, "steps", steps);
    return object;
}

bool show_json(FILE *file, const struct story *story, char *command[])
{
    json_t *object = show_json_object(story, command);
    bool good =
        json_dumpf(object, file, JSON_PRESERVE_ORDER | JSON_INDENT(1)) == 0;
    json_decref(object);
    return good && fputc('\n', file) != EOF;
}
