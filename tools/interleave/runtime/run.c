#include "run.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

#include "client.h"
#include "crash.h"
#include "end.h"
#include "idle.h"
#include "leaks.h"
#include "object.h"
#include "prefix.h"
#include "rest.h"
#include "seal.h"
#include "strategy.h"
#include "timers.h"

struct shared *run_shared;
bool run_is_over = true;

void run_begin(void)
{
    thread_init();
    crash_stack();
    crash_begin();
    client_begin_all();
    strategy_begin();
    if (run_shared->order.leaks)
        leaks_begin();
    run_is_over = false;
}

static uint64_t value_at(uint64_t address, int size)
{
    uint64_t value = 0;

    memcpy(&value, (const void *)(uintptr_t)address,
           (size_t)(size < 8 ? size : 8));
    return value;
}

// The last step: what it wrote is seen only when the program goes on.
static struct step *unfinished;

static struct step *last; // that was a scheduling point

static struct step *new_step(void)
{
    static struct step dropped;
    uint32_t number = run_shared->steps++;

    return number < TRACE_LIMIT ? &run_shared->trace[number] : &dropped;
}

void run_see_value(void)
{
    if (unfinished != NULL)
        unfinished->value = value_at(unfinished->object, unfinished->size);
    unfinished = NULL;
}

static bool is_access(enum deed deed)
{
    return deed >= DEED_READ && deed <= DEED_ATOMIC_UPDATE;
}

static struct step *write_step(const struct thread *thread, const struct op *op,
                               int enabled)
{
    struct step *step = new_step();

    *step = (struct step){
        .pc = op->pc,
        .object = op->object,
        .second = op->second,
        .stack = thread->stack,
        .thread = (uint8_t)thread->number,
        .deed = (uint8_t)op->deed,
        .size = op->size,
        .enabled = (uint8_t)(enabled < 255 ? enabled : 255),
    };
    if (is_access(op->deed))
        unfinished = step;
    return step;
}

static uint32_t noted; // since the last scheduling point

void run_record(struct thread *thread, int enabled, uint64_t set)
{
    if (thread->op.deed == DEED_OPEN || thread->op.deed == DEED_ACCEPT)
        end_foresee(&thread->op);
    last = write_step(thread, &thread->op, enabled);
    last->enabled_set = set;
    last->asleep = prefix_asleep();
    thread->points++;
    run_shared->points++;
    noted = 0;
    strategy_done(thread);
    idle_note_deed(thread);
}

void run_correct(enum deed deed)
{
    last->deed = (uint8_t)deed;
}

// Between two scheduling points: enough to see what a loop does.
enum { NOTES_LIMIT = 4096 };

void run_note(enum deed deed, uint64_t object, int size, uint64_t pc)
{
    const struct op op = {
        .deed = deed, .object = object, .size = (uint8_t)size, .pc = pc};

    if (++noted <= NOTES_LIMIT)
        write_step(thread_self, &op, 0);
    else if (noted == NOTES_LIMIT + 1)
        write_step(thread_self, &(struct op){.deed = DEED_MORE, .pc = pc}, 0);
}

void run_note_event(enum deed deed, uint64_t object, uint64_t value,
                    uint64_t pc)
{
    if (!run_shared->order.record_all)
        return;
    run_see_value();
    *new_step() = (struct step){.pc = pc,
                                .object = object,
                                .value = value,
                                .stack = thread_self->stack,
                                .thread = (uint8_t)thread_self->number,
                                .deed = (uint8_t)deed};
}

static int16_t holder_of(const struct thread *thread)
{
    const struct object *object = object_find(thread->op.object);

    return object != NULL ? (int16_t)object->holder : NOBODY;
}

// What the tool may want to know of every thread.
static void write_fates(void)
{
    run_shared->threads = (uint32_t)thread_count;
    for (int i = 0; i < thread_count; i++) {
        const struct thread *thread = thread_all[i];
        struct fate *fate = &run_shared->fate[i];

        *fate = (struct fate){
            .points = thread->points,
            .deed = (uint8_t)thread->op.deed,
            .size = thread->op.size,
            .finished = thread->finished,
            .enabled = !thread->finished && (thread->op.enabled == NULL ||
                                             thread->op.enabled(thread)),
            .frees = thread->frees,
            .holder = holder_of(thread),
            .object = thread->op.object,
            .second = thread->op.second,
            .pc = thread->op.pc,
            .stack_low = thread->low,
            .stack_high = thread->high,
            .own_low = thread->own_low,
            .own_high = thread->own_high,
            .stack = thread->stack,
        };
        memcpy(fate->name, thread->name, sizeof fate->name);
        if (!thread->finished)
            client_say_wait(thread, fate->waits_for, sizeof fate->waits_for);
    }
}

static void note_threads(void)
{
    struct known *known = &run_shared->known;
    uint32_t own = (uint32_t)thread_count - run_shared->order.clients;

    if (own > known->threads)
        known->threads = own;
}

static void finish(enum finding finding)
{
    if (finding != FINDING_CRASH)
        run_see_value();
    struct outcome *outcome = &run_shared->outcome;

    outcome->finding = finding;
    run_is_over = true;
    if (thread_self != NULL) {
        outcome->thread = (uint8_t)thread_self->number;
        outcome->stack = thread_self->stack;
        if (outcome->pc == 0)
            outcome->pc = thread_self->op.pc;
    }
    write_fates();
    note_threads();
    strategy_end();
    outcome->seal = seal_of(outcome);
}

void run_end(enum finding finding, const char *text, ...)
{
    va_list arguments;

    if (run_shared->outcome.finding != FINDING_NONE)
        _exit(0); // the end went wrong: the first finding stands
    va_start(arguments, text);
    vsnprintf(run_shared->outcome.text, TEXT_LIMIT, text, arguments);
    va_end(arguments);
    finish(finding);
    _exit(0);
}

// The program would wait for its next client.
static noreturn void run_rest(void)
{
    finish(FINDING_NONE);
    fflush(stdout);
    _exit(EXIT_SUCCESS);
}

void run_ends_stuck(void)
{
    int waiting = 0;

    if (rest_is_good())
        run_rest();
    if (timers_are_set())
        run_end(FINDING_UNJUDGED,
                "nobody can go on until a timer goes off, and interleave does "
                "not control timers");
    const struct thread *client = rest_of_clients();
    if (client != NULL) {
        char what[TEXT_LIMIT / 2];
        client_say_wait(client, what, sizeof what);
        run_end(FINDING_DEADLOCK, "%s waits for %s, and nobody can go on",
                client->name, what);
    }
    for (int i = 0; i < thread_count; i++)
        waiting += !thread_all[i]->finished;
    run_end(FINDING_DEADLOCK, "%d thread%s, and nobody can go on", waiting,
            waiting == 1 ? " waits" : "s wait");
}

void run_exit(int status)
{
    if (rest_came_too_soon())
        run_end(FINDING_UNJUDGED,
                "it ended with status %d before a client could connect",
                status);
    if (run_shared->order.leaks)
        leaks_check();
    run_shared->outcome.status = status;
    if ((status & 0xff) != 0)
        run_shared->known.status = status & 0xff;
    finish(FINDING_NONE);
}

// ---- written schedules ----

void run_stop_at(struct thread *thread)
{
    strategy_arrive(thread);
}
