#include "lanes.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rows.h"
#include "trace.h"

enum {
    COLUMNS = 80, // unless $COLUMNS says something else
    COLUMNS_LEAST = 60,
    COLUMNS_MOST = 200,
    MARGIN = 2,
    LANES_LIMIT = 4,
    STAIRS = 8, // columns of a crowded drawing, so wide:
    STAIR = 5,
    TEXT_SIZE = 450,
    MARK = 4,    // columns of " <--"
    HANGING = 3, // columns: where a step goes on in its next line
};

struct drawing {
    FILE *file;
    const struct story *story;
    struct rows rows;
    int line;  // columns behind the margin
    int width; // of a lane
    bool colours;
};

static bool wants_colours(FILE *file)
{
    const char *no = getenv("NO_COLOR"), *terminal = getenv("TERM");

    return isatty(fileno(file)) && (no == NULL || *no == '\0') &&
           terminal != NULL && strcmp(terminal, "dumb") != 0;
}

// Columns of a line behind the margin.
static int line_width(void)
{
    const char *wanted = getenv("COLUMNS");
    int columns = wanted != NULL ? atoi(wanted) : 0;

    if (columns < COLUMNS_LEAST || columns > COLUMNS_MOST)
        columns = COLUMNS;
    return columns - MARGIN;
}

static const char *paint(const struct drawing *drawing, const char *colour)
{
    return drawing->colours ? colour : "";
}

static bool is_crowded(const struct drawing *drawing)
{
    return drawing->rows.lanes > LANES_LIMIT;
}

static int column_of(const struct drawing *drawing, int thread)
{
    int lane = drawing->rows.lane[thread];

    return is_crowded(drawing) ? lane % STAIRS * STAIR : lane * drawing->width;
}

// With many threads the lanes overlap, so each line has its thread's name.
static int room_of(const struct drawing *drawing, int column, bool wrong)
{
    int room =
        is_crowded(drawing) ? drawing->line - column : drawing->width - 1;

    // Elsewhere the mark may stand in the next lane.
    return wrong && column + room >= drawing->line - MARK ? room - MARK : room;
}

static void draw_heading(const struct drawing *drawing)
{
    char line[COLUMNS_MOST + 1];
    int end = drawing->line;

    if (is_crowded(drawing) || drawing->rows.lanes == 0)
        return;
    memset(line, ' ', sizeof line);
    for (int i = 0; i < THREADS_LIMIT; i++)
        if (drawing->rows.lane[i] >= 0) {
            const char *name = trace_name(drawing->story->shared, (uint64_t)i);
            memcpy(line + column_of(drawing, i), name,
                   strnlen(name, NAME_LIMIT));
        }
    while (end > 0 && line[end - 1] == ' ')
        end--;
    fprintf(drawing->file, "  %s%.*s%s\n", paint(drawing, "\033[1m"), end, line,
            paint(drawing, "\033[0m"));
}

// One row, in lines that fit into its lane.
static void draw_row(const struct drawing *drawing, const struct row *row)
{
    char text[TEXT_SIZE];
    bool named = is_crowded(drawing);
    int column = column_of(drawing, row->thread), indent = 0;
    int room = room_of(drawing, column, row->wrong);

    if (row->left_out > 0)
        fprintf(drawing->file, "  ... %" PRIu32 " steps more ...\n",
                row->left_out);
    snprintf(text, sizeof text, "%s%s%s",
             named ? trace_name(drawing->story->shared, (uint64_t)row->thread)
                   : "",
             named ? ": " : "", row->text);
    for (const char *rest = text; *rest != '\0'; indent = HANGING) {
        const char *here = rest;
        int length = rows_break(here, room - indent, &rest);

        fprintf(drawing->file, "  %*s%s%.*s%s%s\n", column + indent, "",
                row->wrong ? paint(drawing, "\033[1;31m") : "", length, here,
                row->wrong && *rest == '\0' ? " <--" : "",
                row->wrong ? paint(drawing, "\033[0m") : "");
    }
}

static void write_sentence(FILE *file, const char *rest)
{
    while (*rest != '\0') {
        const char *here = rest;
        int length = rows_break(here, line_width(), &rest);

        fprintf(file, "%.*s\n", length, here);
    }
}

void lanes_draw_story(FILE *file, const struct story *story, bool all)
{
    struct drawing drawing = {.file = file,
                              .story = story,
                              .line = line_width(),
                              .colours = wants_colours(file)};

    if (!rows_make(&drawing.rows, story, all))
        return;
    int shown =
        drawing.rows.lanes < LANES_LIMIT ? drawing.rows.lanes : LANES_LIMIT;
    drawing.width = drawing.line / (shown > 0 ? shown : 1);
    draw_heading(&drawing);
    for (uint32_t i = 0; i < drawing.rows.count; i++)
        draw_row(&drawing, &drawing.rows.row[i]);
    if (story->sentence[0] != '\0')
        fputc('\n', file);
    write_sentence(file, story->sentence);
    rows_free(&drawing.rows);
}

void lanes_draw(FILE *file, const struct shared *shared,
                struct symbols *symbols, bool all)
{
    struct story *story = story_open(shared, symbols);

    if (story != NULL)
        lanes_draw_story(file, story, all);
    story_close(story);
}

void lanes_explain(FILE *file, const struct shared *shared,
                   struct symbols *symbols)
{
    struct story *story = story_open(shared, symbols);

    if (story != NULL)
        write_sentence(file, story->sentence);
    story_close(story);
}
