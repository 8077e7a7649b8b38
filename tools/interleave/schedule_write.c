// schedule_write: a run as a schedule for people.
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "schedule.h"
#include "sentence.h"

static uint32_t trace_length(const struct shared *shared)
{
    return shared->steps < TRACE_LIMIT ? shared->steps : TRACE_LIMIT;
}

// What the thread was about to do when its turn ended: its next step, or what
// it never came to do. Returns false if it had ended.
static bool next_of(const struct shared *shared, int thread, uint32_t from,
                    uint64_t *pc)
{
    for (uint32_t i = from; i < trace_length(shared); i++)
        if (shared->trace[i].thread == thread) {
            *pc = shared->trace[i].pc;
            return shared->trace[i].deed != DEED_FINISH;
        }
    *pc = shared->fate[thread].pc;
    return !shared->fate[thread].finished;
}

// How often the thread has come to that line before.
static int arrivals(const struct shared *shared, struct symbols *symbols,
                    int thread, uint32_t until, const struct place *where)
{
    int count = 0;

    for (uint32_t i = 0; i < until; i++) {
        const struct step *step = &shared->trace[i];
        struct place place;

        if (step->thread == thread &&
            symbols_place(symbols, step->pc, &place) &&
            place.line == where->line && strcmp(place.file, where->file) == 0)
            count++;
    }
    return count;
}

static void write_turn(FILE *file, const struct shared *shared,
                       struct symbols *symbols, int thread, uint32_t end)
{
    const char *name = shared->fate[thread].name;
    struct place place;
    uint64_t pc;

    if (!next_of(shared, thread, end, &pc) ||
        !symbols_place(symbols, pc, &place)) {
        fprintf(file, "%s until end\n", name);
        return;
    }
    int times = arrivals(shared, symbols, thread, end, &place) + 1;
    fprintf(file, "%s until %s:%d", name, place.file, place.line);
    if (times > 1)
        fprintf(file, " #%d", times);
    fputc('\n', file);
}

bool schedule_write(const char *path, const struct shared *shared,
                    struct symbols *symbols)
{
    FILE *file = fopen(path, "w");
    char text[2 * TEXT_LIMIT];
    uint32_t length = trace_length(shared);

    if (file == NULL) {
        fprintf(stderr, "interleave: cannot write %s: %s\n", path,
                strerror(errno));
        return false;
    }
    sentence_write(&shared->outcome, symbols, text, sizeof text);
    fprintf(file, "# %s\n", text);
    for (uint32_t i = 0; i < length; i++)
        if (i + 1 == length ||
            shared->trace[i + 1].thread != shared->trace[i].thread)
            write_turn(file, shared, symbols, shared->trace[i].thread, i + 1);
    return fclose(file) == 0;
}
