#include "jobs.h"

#include <string.h>

#include "strategies.h"
#include "watched.h"

static bool has_found(const struct program *program)
{
    return program->shared->outcome.finding != FINDING_NONE;
}

bool jobs_start(struct jobs *jobs, const struct options *options)
{
    jobs->next = 1;
    for (jobs->count = 0; jobs->count < options->jobs; jobs->count++)
        if (!program_start(&jobs->program[jobs->count], options, jobs->count)) {
            jobs_stop(jobs);
            return false;
        }
    return true;
}

void jobs_stop(struct jobs *jobs)
{
    for (int i = 0; i < jobs->count; i++)
        program_stop(&jobs->program[i]);
}

// What one of them has learned all of them know.
static void share(struct jobs *jobs)
{
    struct shared *first = jobs->program[0].shared;

    for (int i = 1; i < jobs->count; i++)
        watched_join(&first->watched, &jobs->program[i].shared->watched);
    for (int i = 1; i < jobs->count; i++)
        jobs->program[i].shared->watched = first->watched;
}

// Has those with runs left go on, at the same time. Returns false if one of
// them is gone.
static bool go_on(struct jobs *jobs, uint32_t left[])
{
    for (int i = 0; i < jobs->count; i++) {
        jobs->program[i].shared->order.runs = left[i];
        if (left[i] > 0 && !program_order(&jobs->program[i]))
            return false;
    }
    for (int i = 0; i < jobs->count; i++)
        if (left[i] > 0 && !program_await(&jobs->program[i]))
            return false;
    return true;
}

// Counts what was run. Returns the first that has found something; -1: none.
static int count_runs(struct jobs *jobs, uint32_t left[], uint32_t *runs)
{
    for (int i = 0; i < jobs->count; i++) {
        struct shared *shared = jobs->program[i].shared;
        uint32_t done = shared->runs < left[i] ? shared->runs : left[i];

        if (left[i] == 0)
            continue;
        *runs += done;
        left[i] -= done;
        if (has_found(&jobs->program[i]))
            return i;
        shared->order.run++;
    }
    return -1;
}

static void put_first(struct jobs *jobs, int number)
{
    struct program first = jobs->program[0];

    jobs->program[0] = jobs->program[number];
    jobs->program[number] = first;
}

bool jobs_run(struct jobs *jobs, const char *strategy, uint32_t each,
              uint32_t most, uint32_t *runs)
{
    uint32_t left[JOBS_LIMIT] = {0}, all = 0;
    int found = -1;

    for (int i = 0; i < jobs->count; i++) {
        struct order *order = &jobs->program[i].shared->order;

        left[i] = most - all < each ? most - all : each;
        all += left[i];
        strategies_set(order, strategy);
        order->run = jobs->next;
        jobs->next += left[i];
    }
    while (all > 0 && found < 0 && !jobs->program[0].shared->late) {
        uint32_t before = *runs;

        if (!go_on(jobs, left))
            return false;
        found = count_runs(jobs, left, runs);
        all -= *runs - before;
    }
    if (found > 0)
        put_first(jobs, found);
    share(jobs);
    return true;
}
