#include "game_node.h"

#include <stdio.h>

#include "report.h"
#include "show_json.h"
#include "trace.h"
#include "waiting.h"
#include "words.h"

// What the thread is about to do, and where.
static void write_next(const struct story *story, int thread, char *text,
                       size_t size)
{
    int line = story_line(story, story->shared->fate[thread].pc);
    char words[300];

    words_next(story, thread, words, sizeof words);
    snprintf(text, size, line > 0 ? "line %2$d: %1$s" : "%1$s", words, line);
}

static json_t *moves_of(const struct game *game, const struct story *story)
{
    json_t *moves = json_array();
    char text[340];

    for (int i = 0; i < (int)story->shared->threads; i++) {
        if (!game_may_go(game, i))
            continue;
        write_next(story, i, text, sizeof text);
        json_array_append_new(moves, json_pack("{s:i, s:o}", "thread", i,
                                               "next", show_json_text(text)));
    }
    return moves;
}

// ---- who cannot go on ----

static void write_wait(const struct story *story, int thread, const char *what,
                       int holder, char *text, size_t size)
{
    bool is_lock = holder >= 0 && story->shared->fate[thread].deed != DEED_JOIN;

    if (!is_lock)
        snprintf(text, size, "waits for %s", what);
    else if (holder == thread)
        snprintf(text, size, "waits for %s, which it holds itself", what);
    else
        snprintf(text, size, "waits for %s, which %s holds", what,
                 trace_name(story->shared, (uint64_t)holder));
}

static void write_why(const struct game *game, const struct story *story,
                      const struct waiting *waiting, int thread, char *text,
                      size_t size)
{
    const struct shared *shared = story->shared;
    char what[300];
    int holder;

    if (shared->fate[thread].finished) {
        snprintf(text, size, "has ended");
    } else if (waiting_of(waiting, thread, what, sizeof what, &holder)) {
        write_wait(story, thread, what, holder, text, size);
    } else if (game->over && shared->outcome.thread == thread) {
        bool good = shared->outcome.finding == FINDING_NONE;
        snprintf(text, size, good ? "has ended" : "here it went wrong");
    } else if (game->over) {
        write_next(story, thread, what, sizeof what);
        snprintf(text, size, "did not come to %s", what);
    } else {
        snprintf(text, size, "lets others go first");
    }
}

static json_t *others_of(const struct game *game, const struct story *story,
                         const struct waiting *waiting)
{
    json_t *others = json_array();
    char text[400];

    for (int i = 0; i < (int)story->shared->threads; i++) {
        if (game_may_go(game, i))
            continue;
        write_why(game, story, waiting, i, text, sizeof text);
        json_array_append_new(others, json_pack("{s:i, s:o}", "thread", i,
                                                "why", show_json_text(text)));
    }
    return others;
}

// ---- the end ----

static json_t *end_of(const struct game *game, const struct story *story)
{
    const struct outcome *outcome = &story->shared->outcome;

    if (!game->over)
        return json_null();
    bool wrong = outcome->finding != FINDING_NONE;
    const char *text = !wrong ? "It is over, and nothing has failed."
                       : story->sentence[0] != '\0' ? story->sentence
                                                    : story->text;
    return json_pack("{s:b, s:o, s:s?, s:o}", "wrong", wrong, "text",
                     show_json_text(text), "kind",
                     wrong ? report_kind(outcome->finding) : NULL, "finding",
                     wrong ? show_json_text(story->text) : json_null());
}

json_t *game_node(const struct game *game, const struct story *story)
{
    struct waiting *waiting = waiting_open(story);
    const struct locks *locks = NULL;
    json_t *node = json_object();

    if (waiting == NULL)
        return node;
    for (uint32_t i = 0; i < story->length; i++)
        locks = waiting_step(waiting);
    json_object_set_new(node, "moves", moves_of(game, story));
    json_object_set_new(node, "others", others_of(game, story, waiting));
    show_json_state(node, story, locks, waiting);
    json_object_set_new(node, "end", end_of(game, story));
    waiting_close(waiting);
    return node;
}
