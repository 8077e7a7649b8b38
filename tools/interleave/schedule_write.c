// schedule_write: a run as a schedule for people.
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "clients.h"
#include "schedule.h"
#include "sentence.h"
#include "story.h"
#include "trace.h"

struct writer {
    FILE *file;
    const struct shared *shared;
    struct symbols *symbols;
    const struct story *story; // or NULL
};

// What a thread is about to do.
struct intent {
    uint64_t pc, object;
    int deed;
};

static bool takes_lock(int deed)
{
    return deed == DEED_LOCK || deed == DEED_READ_LOCK || deed == DEED_TRY_LOCK;
}

// A thread's own variables are recorded, but are no place to stop at.
static bool is_private(const struct shared *shared, const struct step *step)
{
    const struct fate *fate = &shared->fate[step->thread];

    return step->enabled == 0 && trace_is_access(step) &&
           fate->stack_low <= step->object && step->object < fate->stack_high;
}

static bool can_stop_at(const struct shared *shared, const struct step *step)
{
    switch (step->deed) {
    case DEED_ENTER:
    case DEED_CALL:
    case DEED_RETURN:
    case DEED_ALLOCATE:
    case DEED_FREE:
    case DEED_PRINT:
        return false;
    default:
        return !is_private(shared, step);
    }
}

// What the thread was about to do when its turn ended: its next step, or what
// it never came to do. Returns false if it had ended.
static bool next_of(const struct shared *shared, int thread, uint32_t from,
                    struct intent *next)
{
    for (uint32_t i = from; i < trace_length(shared); i++)
        if (shared->trace[i].thread == thread &&
            can_stop_at(shared, &shared->trace[i])) {
            const struct step *step = &shared->trace[i];

            *next = (struct intent){step->pc, step->object, step->deed};
            return step->deed != DEED_FINISH;
        }
    const struct fate *fate = &shared->fate[thread];
    *next = (struct intent){fate->pc, fate->object, fate->deed};
    return !fate->finished;
}

// How often the thread has come to that line before.
static int arrivals(const struct writer *writer, int thread, uint32_t until,
                    const struct place *where)
{
    int count = 0;

    for (uint32_t i = 0; i < until; i++) {
        const struct step *step = &writer->shared->trace[i];
        struct place place;

        if (step->thread == thread && can_stop_at(writer->shared, step) &&
            symbols_place(writer->symbols, step->pc, &place) &&
            place.line == where->line && strcmp(place.file, where->file) == 0)
            count++;
    }
    return count;
}

// How often the thread has come to take that lock before.
static int lockings(const struct shared *shared, int thread, uint32_t until,
                    uint64_t lock)
{
    int count = 0;

    for (uint32_t i = 0; i < until; i++) {
        const struct step *step = &shared->trace[i];

        count += step->thread == thread && takes_lock(step->deed) &&
                 step->object == lock;
    }
    return count;
}

// What the thread did last in that line may be nobody else's business: then it
// might as well stop before that. Not if it waits there: it would not yet.
static uint32_t moved_back(const struct writer *writer, int thread,
                           uint32_t end, const struct place *where)
{
    bool may_move =
        writer->story != NULL && writer->shared->fate[thread].enabled;

    for (; may_move && end > 0; end--) {
        const struct step *step = &writer->shared->trace[end - 1];
        struct place place;

        if (step->thread != thread || !trace_is_access(step) ||
            writer->story->flags[end - 1] & STORY_MATTERS ||
            !symbols_place(writer->symbols, step->pc, &place) ||
            place.line != where->line || strcmp(place.file, where->file) != 0)
            break;
    }
    return end;
}

// Where a turn ends, in the way that survives most changes of the program: a
// lock's name, an anchor, a line.
static int write_stop(const struct writer *writer, int thread, uint32_t end,
                      const struct intent *next, const struct place *place)
{
    char name[128];

    symbols_variable(writer->symbols, next->object, name, sizeof name);
    if (takes_lock(next->deed) &&
        symbols_address(writer->symbols, name) == next->object) {
        fprintf(writer->file, "lock %s", name);
        return lockings(writer->shared, thread, end, next->object);
    }
    if (symbols_anchor_at(writer->symbols, place->file, place->line, name,
                          sizeof name))
        fprintf(writer->file, "%s@%s", place->file, name);
    else
        fprintf(writer->file, "%s:%d", place->file, place->line);
    return arrivals(writer, thread, moved_back(writer, thread, end, place),
                    place);
}

// As arrivals, for a client.
static int client_steps(const struct shared *shared, int thread, uint32_t until,
                        uint64_t pc)
{
    int count = 0;

    for (uint32_t i = 0; i < until; i++)
        count += shared->trace[i].thread == thread && shared->trace[i].pc == pc;
    return count;
}

static bool wakes_early(const struct step *step)
{
    return step->deed == DEED_WAKE_EARLY && step->enabled != 0;
}

static void write_turn(const struct writer *writer, uint32_t begin,
                       uint32_t end)
{
    int thread = writer->shared->trace[begin].thread;
    const struct shared *shared = writer->shared;
    bool is_last = end == trace_length(shared) &&
                   shared->outcome.finding != FINDING_PAUSED;
    char name[NAME_LIMIT];
    struct intent next;
    struct place place;

    trace_write_name(shared, (uint32_t)thread, name);
    fprintf(writer->file, "%s%s until ", name,
            wakes_early(&shared->trace[begin]) ? " wakes" : "");
    if (is_last || !next_of(shared, thread, end, &next)) {
        fputs("end\n", writer->file);
        return;
    }
    int before = 0;
    const char *step = clients_step_name(next.pc);
    if (step != NULL) {
        fputs(step, writer->file);
        before = client_steps(shared, thread, end, next.pc);
    } else if (symbols_place(writer->symbols, next.pc, &place)) {
        before = write_stop(writer, thread, end, &next, &place);
    } else {
        fputs(next.deed == DEED_EXIT ? "exit" : "end", writer->file);
    }
    if (before > 0)
        fprintf(writer->file, " #%d", before + 1);
    fputc('\n', writer->file);
}

void schedule_print(FILE *file, const struct shared *shared,
                    struct symbols *symbols)
{
    struct story *story = story_open(shared, symbols);
    const struct writer writer = {file, shared, symbols, story};
    uint32_t length = trace_length(shared), begin = 0;
    char text[2 * TEXT_LIMIT];

    sentence_write(&shared->outcome, symbols, NULL, text, sizeof text);
    if (text[0] != '\0')
        fprintf(file, "# %s\n", text);
    for (uint32_t end = 1; end <= length; end++)
        if (end == length ||
            shared->trace[end].thread != shared->trace[begin].thread ||
            wakes_early(&shared->trace[end])) {
            write_turn(&writer, begin, end);
            begin = end;
        }
    story_close(story);
}

bool schedule_write(const char *path, const struct shared *shared,
                    struct symbols *symbols)
{
    FILE *file = fopen(path, "w");

    if (file == NULL) {
        fprintf(stderr, "interleave: cannot write %s: %s\n", path,
                strerror(errno));
        return false;
    }
    schedule_print(file, shared, symbols);
    if (fclose(file) == 0)
        return true;
    fprintf(stderr, "interleave: cannot write %s: %s\n", path, strerror(errno));
    return false;
}
