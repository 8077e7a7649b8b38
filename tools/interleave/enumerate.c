#include "enumerate.h"

#include <stdio.h>
#include <stdlib.h>

enum { CHOICES_LIMIT = 4096, THREADS_HERE = 64 };

// A choice between threads. Sets of threads are bits.
struct branch {
    uint8_t thread;   // who went on
    uint64_t enabled; // who could have
    uint64_t tried;   // who has
};

bool enumerate_open(struct enumeration *enumeration)
{
    *enumeration = (struct enumeration){
        .choices = malloc(CHOICES_LIMIT * sizeof *enumeration->choices)};
    if (enumeration->choices == NULL)
        fprintf(stderr, "interleave: no memory left for a search\n");
    return enumeration->choices != NULL;
}

void enumerate_close(struct enumeration *enumeration)
{
    free(enumeration->choices);
}

static void give_order(const struct enumeration *enumeration,
                       struct order *order, uint64_t run)
{
    order->strategy = STRATEGY_EXACT;
    order->mixed = 0;
    order->runs = 1;
    order->run = run;
    order->early = 1;
    order->every_access = true;
    order->asleep = 0;
    order->tentative = 0;
    order->exact_count = enumeration->depth;
    for (uint32_t i = 0; i < enumeration->depth; i++)
        order->exact[i] = enumeration->choices[i].thread;
}

// Returns false if this is not what the run before came to.
static bool read_choice(struct enumeration *enumeration, uint32_t number,
                        const struct step *step)
{
    struct branch *choice = &enumeration->choices[number];

    if (number >= enumeration->depth)
        *choice = (struct branch){.thread = step->thread,
                                  .enabled = step->enabled_set};
    choice->tried |= UINT64_C(1) << step->thread;
    return choice->thread == step->thread &&
           choice->enabled == step->enabled_set;
}

// Reads the choices of the last run. Returns how many there were; 0: they
// cannot be gone through.
static uint32_t read_choices(struct enumeration *enumeration,
                             const struct shared *shared)
{
    uint32_t count = 0;

    if (shared->steps > TRACE_LIMIT || shared->threads > THREADS_HERE)
        return 0;
    for (uint32_t i = 0; i < shared->steps; i++) {
        const struct step *step = &shared->trace[i];

        if (step->enabled == 0)
            continue; // no choice, but something that is only recorded
        if (count == CHOICES_LIMIT || !read_choice(enumeration, count++, step))
            return 0;
    }
    return count >= enumeration->depth ? count : 0;
}

// The last choice at which somebody has not been tried is made anew.
static void choose_next(struct enumeration *enumeration, uint32_t count)
{
    for (; count > 0; count--) {
        struct branch *choice = &enumeration->choices[count - 1];
        uint64_t left = choice->enabled & ~choice->tried;

        if (left == 0)
            continue;
        choice->thread = (uint8_t)__builtin_ctzll(left);
        enumeration->depth = count;
        return;
    }
    enumeration->done = true;
}

bool enumerate_run(struct enumeration *enumeration, struct program *program,
                   uint64_t run)
{
    give_order(enumeration, &program->shared->order, run);
    if (!program_run(program))
        return false;
    enumeration->schedules++;
    if (program->shared->late)
        return true;
    uint32_t count = read_choices(enumeration, program->shared);
    enumeration->hopeless =
        count == 0 || program->shared->outcome.finding == FINDING_UNJUDGED;
    if (!enumeration->hopeless)
        choose_next(enumeration, count);
    return true;
}
