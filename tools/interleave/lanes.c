#include "lanes.h"

#include <inttypes.h>
#include <string.h>

#include "words.h"

enum { WIDTH = 79, LANES_LIMIT = 4, NARROWEST = 18, TEXT_SIZE = 300 };

struct drawing {
    FILE *file;
    const struct shared *shared;
    struct symbols *symbols;
    int lane[THREADS_LIMIT]; // column of a thread; -1: it has none
    int lanes, width;
};

static uint32_t trace_length(const struct shared *shared)
{
    return shared->steps < TRACE_LIMIT ? shared->steps : TRACE_LIMIT;
}

static bool overlap(const struct step *one, const struct step *other)
{
    return one->object < other->object + other->size &&
           other->object < one->object + one->size;
}

static bool writes(const struct step *step)
{
    return step->deed == DEED_WRITE || step->deed == DEED_ATOMIC_WRITE ||
           step->deed == DEED_ATOMIC_UPDATE;
}

static bool is_access(const struct step *step)
{
    return step->deed >= DEED_READ && step->deed <= DEED_ATOMIC_UPDATE;
}

// Whether another thread accesses the same, and one of the two writes.
static bool is_shared(const struct shared *shared, const struct step *step)
{
    for (uint32_t i = 0; i < trace_length(shared); i++) {
        const struct step *other = &shared->trace[i];

        if (other->thread != step->thread && is_access(other) &&
            overlap(step, other) && (writes(step) || writes(other)))
            return true;
    }
    return false;
}

static bool matters(const struct shared *shared, const struct step *step,
                    bool all)
{
    switch (step->deed) {
    case DEED_START:
    case DEED_FINISH:
    case DEED_CREATE:
    case DEED_JOIN:
    case DEED_EXIT:
    case DEED_YIELD:
    case DEED_OPEN:
    case DEED_CLOSE:
    case DEED_LISTEN:
        return all;
    default:
        return all || !is_access(step) || is_shared(shared, step);
    }
}

static void give_lanes(struct drawing *drawing, bool all)
{
    const struct shared *shared = drawing->shared;

    for (int i = 0; i < THREADS_LIMIT; i++)
        drawing->lane[i] = -1;
    for (uint32_t i = 0; i < trace_length(shared); i++) {
        const struct step *step = &shared->trace[i];

        if (drawing->lane[step->thread] < 0 && matters(shared, step, all))
            drawing->lane[step->thread] = drawing->lanes++;
    }
    if (drawing->lanes == 0)
        drawing->lanes = 1;
    drawing->width =
        WIDTH / (drawing->lanes < LANES_LIMIT ? drawing->lanes : LANES_LIMIT);
}

// With many threads lanes are used again, so each line has its thread's name.
static int column_of(const struct drawing *drawing, int thread)
{
    return drawing->lane[thread] % LANES_LIMIT * drawing->width;
}

static void draw_heading(const struct drawing *drawing)
{
    char line[WIDTH + 1];

    if (drawing->lanes > LANES_LIMIT)
        return;
    memset(line, ' ', sizeof line);
    for (int i = 0; i < THREADS_LIMIT; i++)
        if (drawing->lane[i] >= 0) {
            const char *name = drawing->shared->fate[i].name;
            memcpy(line + column_of(drawing, i), name,
                   strnlen(name, NAME_LIMIT));
        }
    int end = WIDTH;
    while (end > 0 && line[end - 1] == ' ')
        end--;
    fprintf(drawing->file, "  %.*s\n", end, line);
}

// One step, in lines that fit into its lane.
static void draw_step(const struct drawing *drawing, const struct step *step)
{
    char text[TEXT_SIZE];
    int room = drawing->width - 1, column = column_of(drawing, step->thread);
    const char *rest = text;

    words_step(drawing->shared, drawing->symbols, step,
               drawing->lanes > LANES_LIMIT, text, sizeof text);
    while (*rest != '\0') {
        int length = (int)strlen(rest);

        if (length > room)
            for (length = room; length > 1 && rest[length] != ' '; length--)
                continue;
        if (length <= 1)
            length = (int)strlen(rest) < room ? (int)strlen(rest) : room;
        fprintf(drawing->file, "  %*s%.*s\n", column, "", length, rest);
        rest += length;
        rest += strspn(rest, " ");
    }
}

void lanes_draw(FILE *file, const struct shared *shared,
                struct symbols *symbols, bool all)
{
    struct drawing drawing = {
        .file = file, .shared = shared, .symbols = symbols};

    give_lanes(&drawing, all);
    draw_heading(&drawing);
    for (uint32_t i = 0; i < trace_length(shared); i++)
        if (matters(shared, &shared->trace[i], all))
            draw_step(&drawing, &shared->trace[i]);
}
