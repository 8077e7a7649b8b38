#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace.h"
#include "words.h"

enum {
    FIRST_ROWS = 60,
    LAST_ROWS = 140,
    LOOP_ROWS = 16, // of a run without an end: the last ones
    TEXT_SIZE = 400
};

int rows_lanes(const struct story *story, bool all, int lane[THREADS_LIMIT])
{
    uint32_t first[THREADS_LIMIT];
    int lanes = 0, others_first = 0;

    memset(first, 0xff, sizeof first);
    for (uint32_t i = story->length; i > 0; i--)
        if (story_shows(story, i - 1, all))
            first[story->shared->trace[i - 1].thread] = i - 1;
    for (int i = 0; i < story->endings; i++)
        if (first[story->ending[i].thread] == UINT32_MAX)
            first[story->ending[i].thread] = story->length;
    for (int i = 1; i < THREADS_LIMIT; i++) {
        lane[i] = first[i] != UINT32_MAX ? lanes++ : -1;
        others_first += lane[i] >= 0 && first[i] < first[0];
    }
    lane[0] = -1;
    if (first[0] == UINT32_MAX)
        return lanes;
    bool is_last = others_first == lanes;
    for (int i = 1; i < THREADS_LIMIT && !is_last; i++)
        lane[i] += lane[i] >= 0;
    lane[0] = is_last ? lanes : 0;
    return lanes + 1;
}

static bool need_files(const struct story *story, bool all)
{
    const char *file = NULL;
    struct place place;

    for (uint32_t i = 0; i < story->length; i++) {
        if (!story_shows(story, i, all) ||
            !symbols_place(story->symbols, story->shared->trace[i].pc, &place))
            continue;
        if (file != NULL && strcmp(file, place.file) != 0)
            return true;
        file = place.file;
    }
    return false;
}

int rows_break(const char *text, int room, const char **rest)
{
    int length = (int)strlen(text);

    if (length > room) {
        for (length = room; length > 0 && text[length] != ' '; length--)
            continue;
        if (length == 0)
            length = room;
    }
    *rest = text + length + strspn(text + length, " ");
    return length;
}

static bool add_row(struct rows *rows, const struct story *story, uint64_t pc,
                    const struct row *row, bool with_file, const char *words)
{
    char text[TEXT_SIZE];
    struct place place;

    if (symbols_place(story->symbols, pc, &place))
        snprintf(text, sizeof text, "%s%s%d %s", with_file ? place.file : "",
                 with_file ? ":" : "", place.line, words);
    else
        snprintf(text, sizeof text, "%s", words);
    rows->row[rows->count] = *row;
    rows->row[rows->count].text = strdup(text);
    return rows->row[rows->count++].text != NULL;
}

static bool add_steps(struct rows *rows, const struct story *story, bool all,
                      uint32_t total)
{
    bool with_file = need_files(story, all);
    bool is_endless = story->shared->outcome.finding == FINDING_LIVELOCK;
    uint32_t last = is_endless ? LOOP_ROWS : LAST_ROWS;
    uint32_t number = 0, left_out = 0;
    char words[TEXT_SIZE];

    for (uint32_t i = 0; i < story->length; i++) {
        const struct step *step = &story->shared->trace[i];

        if (!story_shows(story, i, all))
            continue;
        if (!all && number++ >= (is_endless ? LOOP_ROWS : FIRST_ROWS) &&
            number + last <= total) {
            left_out++;
            continue;
        }
        const struct row row = {.thread = step->thread,
                                .wrong = story->flags[i] & STORY_WRONG,
                                .is_access = trace_is_access(step),
                                .left_out = left_out};
        left_out = 0;
        words_step(story, i, words, sizeof words);
        if (!add_row(rows, story, step->pc, &row, with_file, words))
            return false;
    }
    for (int i = 0; i < story->endings; i++) {
        const struct ending *ending = &story->ending[i];
        const struct row row = {.thread = ending->thread,
                                .wrong = ending->wrong};

        if (!add_row(rows, story, ending->pc, &row, with_file, ending->text))
            return false;
    }
    return true;
}

bool rows_make(struct rows *rows, const struct story *story, bool all)
{
    uint32_t total = 0;

    for (uint32_t i = 0; i < story->length; i++)
        total += story_shows(story, i, all);
    *rows = (struct rows){0};
    rows->lanes = rows_lanes(story, all, rows->lane);
    rows->row = calloc(total + (size_t)story->endings + 1, sizeof *rows->row);
    if (rows->row != NULL && add_steps(rows, story, all, total))
        return true;
    rows_free(rows);
    return false;
}

void rows_free(struct rows *rows)
{
    for (uint32_t i = 0; rows->row != NULL && i < rows->count; i++)
        free(rows->row[i].text);
    free(rows->row);
}
