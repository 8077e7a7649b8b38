#include "svg.h"

#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "rows.h"
#include "trace.h"

// Pixels.
enum {
    MARGIN = 24,
    WIDEST = 960, // unless there are many threads
    NARROWEST_LANE = 230,
    WIDEST_LANE = 380,
    LINE = 22, // of text
    PADDING = 8,
    GAP = 6,     // between two steps of one thread
    SWITCH = 26, // between two threads: room for an arrow
    HEADING = 36,
    LETTER = 10, // no letter of the step's font is wider
    PROSE_LETTER = 9,
};

struct picture {
    FILE *file; // NULL: only measured
    const struct story *story;
    const struct rows *rows;
    int lane, width, top;
    int bottom; // of the last row; known when it has been measured
};

// ---- text in XML ----

// How many bytes a character of UTF-8 has; 0: it is none.
static int length_of(const unsigned char *text)
{
    int length = text[0] < 0x80    ? 1
                 : text[0] < 0xc2  ? 0
                 : text[0] < 0xe0  ? 2
                 : text[0] < 0xf0  ? 3
                 : text[0] <= 0xf4 ? 4
                                   : 0;

    for (int i = 1; i < length; i++)
        if ((text[i] & 0xc0) != 0x80)
            return 0;
    return length;
}

static void put_character(FILE *file, const char *text, int length)
{
    if (*text == '&')
        fputs("&amp;", file);
    else if (*text == '<')
        fputs("&lt;", file);
    else if (*text == '>')
        fputs("&gt;", file);
    else if (length == 0 || (*text >= 0 && *text < ' '))
        fputc('?', file);
    else
        fwrite(text, 1, (size_t)length, file);
}

static void put_text(FILE *file, const char *text, int size)
{
    for (int i = 0; i < size;) {
        int length = length_of((const unsigned char *)text + i);

        put_character(file, text + i, length);
        i += length > 0 ? length : 1;
    }
}

// ---- the parts ----

static int left_of(const struct picture *picture, int thread)
{
    return MARGIN + picture->rows->lane[thread] * picture->lane;
}

static int middle_of(const struct picture *picture, int thread)
{
    return left_of(picture, thread) + picture->lane / 2;
}

// Text of a class, broken into lines. Returns how many there are.
static int draw_lines(const struct picture *picture, int x, int y,
                      const char *class, const char *text, int room)
{
    int lines = 0;

    while (*text != '\0') {
        const char *here = text;
        int length = rows_break(here, lines == 0 ? room : room - 3, &text);

        if (picture->file != NULL) {
            fprintf(picture->file, "<text class=\"%s\" x=\"%d\" y=\"%d\">",
                    class, lines == 0 || class[0] != 's' ? x : x + 3 * LETTER,
                    y + lines * LINE);
            put_text(picture->file, here, length);
            fprintf(picture->file, "</text>\n");
        }
        lines++;
    }
    return lines;
}

static void draw_arrow(const struct picture *picture, int from, int to, int top)
{
    if (picture->file != NULL)
        fprintf(picture->file,
                "<path class=\"switch\" d=\"M%d %d L%d %d\" "
                "marker-end=\"url(#head)\"/>\n",
                middle_of(picture, from), top - SWITCH, middle_of(picture, to),
                top - 2);
}

static void draw_row(struct picture *picture, const struct row *row,
                     const struct row *before)
{
    int x = left_of(picture, row->thread) + GAP;
    int width = picture->lane - 2 * GAP;
    int room = (width - 2 * PADDING) / LETTER;
    struct picture measure = *picture;

    measure.file = NULL;
    bool changes = before != NULL && before->thread != row->thread;
    picture->top += before == NULL ? 0 : changes ? SWITCH : GAP;
    if (row->left_out > 0) {
        char text[64];

        snprintf(text, sizeof text, "... %u steps more ...", row->left_out);
        draw_lines(picture, MARGIN, picture->top + LINE, "note", text, 60);
        picture->top += 2 * LINE;
    } else if (changes) {
        draw_arrow(picture, before->thread, row->thread, picture->top);
    }
    int height =
        draw_lines(&measure, 0, 0, "step", row->text, room) * LINE + PADDING;
    if (picture->file != NULL)
        fprintf(picture->file,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" "
                "height=\"%d\" rx=\"5\"/>\n",
                row->wrong       ? "wrong"
                : row->is_access ? "access"
                                 : "other",
                x, picture->top, width, height);
    draw_lines(picture, x + PADDING, picture->top + LINE - 3,
               row->wrong ? "step bad" : "step", row->text, room);
    picture->top += height;
}

static void draw_heading(const struct picture *picture)
{
    for (int i = 0; picture->file != NULL && i < THREADS_LIMIT; i++) {
        if (picture->rows->lane[i] < 0)
            continue;
        const char *name = trace_name(picture->story->shared, (uint64_t)i);
        int x = middle_of(picture, i);

        fprintf(picture->file,
                "<path class=\"life\" d=\"M%d %d V%d\"/>\n"
                "<text class=\"name\" x=\"%d\" y=\"%d\">",
                x, picture->top + HEADING - 8, picture->bottom + GAP, x,
                picture->top + HEADING - 14);
        put_text(picture->file, name, (int)strlen(name));
        fprintf(picture->file, "</text>\n");
    }
}

static void draw_rows(struct picture *picture)
{
    const struct rows *rows = picture->rows;

    for (uint32_t i = 0; i < rows->count; i++)
        draw_row(picture, &rows->row[i], i > 0 ? &rows->row[i - 1] : NULL);
}

// Everything; the height is known when it has been measured.
static void draw_all(struct picture *picture)
{
    picture->top = MARGIN + HEADING;
    draw_heading(picture);
    picture->top += HEADING + GAP;
    draw_rows(picture);
    picture->bottom = picture->top;
    picture->top += 2 * LINE;
    picture->top +=
        LINE * draw_lines(picture, MARGIN, picture->top, "why",
                          picture->story->sentence,
                          (picture->width - 2 * MARGIN) / PROSE_LETTER);
}

static const char style[] =
    "<style>\n"
    "text { fill: #111; }\n"
    ".title { font: bold 22px sans-serif; }\n"
    ".name { font: bold 18px sans-serif; text-anchor: middle; }\n"
    ".step { font: 16px \"DejaVu Sans Mono\", Menlo, Consolas, monospace; "
    "white-space: pre; }\n"
    ".bad { font-weight: bold; fill: #900; }\n"
    ".why { font: 18px sans-serif; }\n"
    ".note { font: italic 16px sans-serif; }\n"
    ".life { stroke: #bbb; stroke-dasharray: 4 4; fill: none; }\n"
    ".switch { stroke: #666; stroke-width: 1.5; fill: none; }\n"
    ".access { fill: #fff; stroke: #555; }\n"
    ".other { fill: #eef2f8; stroke: #555; }\n"
    ".wrong { fill: #fdeaea; stroke: #c00; stroke-width: 3; }\n"
    "</style>\n"
    "<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" "
    "markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\">"
    "<path d=\"M0 0 L8 4 L0 8 z\" fill=\"#666\"/></marker></defs>\n";

static void write_title(const struct picture *picture, const char *program)
{
    const char *name = strrchr(program, '/');
    const struct outcome *outcome = &picture->story->shared->outcome;
    char text[TEXT_LIMIT + 128];

    if (outcome->finding == FINDING_NONE)
        snprintf(text, sizeof text, "%.100s: nothing goes wrong",
                 name != NULL ? name + 1 : program);
    else
        snprintf(text, sizeof text, "%.100s: %s",
                 name != NULL ? name + 1 : program,
                 report_kind(outcome->finding));
    fprintf(picture->file, "<title>");
    put_text(picture->file, text, (int)strlen(text));
    fprintf(picture->file, "</title>\n<desc>");
    put_text(picture->file, picture->story->sentence,
             (int)strlen(picture->story->sentence));
    fprintf(picture->file, "</desc>\n%s", style);
    fprintf(picture->file,
            "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n");
    draw_lines(picture, MARGIN, MARGIN + 16, "title", text, 70);
}

static void set_widths(struct picture *picture)
{
    int lanes = picture->rows->lanes > 0 ? picture->rows->lanes : 1;
    int lane = (WIDEST - 2 * MARGIN) / lanes;

    picture->lane = lane < NARROWEST_LANE ? NARROWEST_LANE
                    : lane > WIDEST_LANE  ? WIDEST_LANE
                                          : lane;
    picture->width = picture->lane * lanes + 2 * MARGIN;
    if (picture->width < WIDEST)
        picture->width = WIDEST;
}

bool svg_draw(FILE *file, const struct story *story, bool all,
              const char *program)
{
    struct rows rows;
    struct picture picture = {.story = story, .rows = &rows};

    if (!rows_make(&rows, story, all))
        return false;
    set_widths(&picture);
    draw_all(&picture);
    int height = picture.top + MARGIN;
    picture.file = file;
    fprintf(file,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
            "viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">\n",
            picture.width, height, picture.width, height);
    write_title(&picture, program);
    draw_all(&picture);
    fprintf(file, "</svg>\n");
    rows_free(&rows);
    return true;
}
