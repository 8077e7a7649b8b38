#include "explore.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "lanes.h"
#include "options.h"
#include "program.h"
#include "report.h"
#include "schedule.h"
#include "shrink.h"
#include "strategies.h"

enum { BATCH = 64 }; // runs between two looks at the clock

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void give_order(struct order *order, const struct options *options)
{
    order->seed = options->seed;
    order->run = 1;
    order->depth = options->depth;
    order->bound = options->bound;
    order->steps = options->steps;
    order->ignore_races = options->ignore_races;
    order->exit_code = options->exit_code;
    order->leaks = options->leaks;
    order->quiet = true;
}

static bool has_found(const struct program *program)
{
    return program->shared->outcome.finding != FINDING_NONE;
}

// Runs batches until something is found or the budget is spent. Returns false
// if the program is gone.
static bool search(struct program *program, const struct options *options,
                   struct search *result)
{
    struct order *order = &program->shared->order;
    double begun = now();

    while (result->schedules < options->schedules) {
        uint32_t left = options->schedules - result->schedules;

        order->runs = left < BATCH ? left : BATCH;
        if (!program_run(program))
            return false;
        result->schedules += program->shared->runs;
        result->seconds = now() - begun;
        if (has_found(program)) {
            result->found = true;
            result->first = result->schedules;
            return true;
        }
        order->seed++;
        order->run++;
        if (options->seconds > 0 && result->seconds >= options->seconds)
            return true;
    }
    return true;
}

// The result, and the shortest schedule that leads to it.
static int tell(struct program *program, const struct options *options,
                const struct search *result)
{
    int status = report(result, options, program->shared);
    bool wanted = !options->json && !options->quiet;

    if (status != 1 || (!wanted && options->save == NULL))
        return status;
    struct symbols *symbols = symbols_open(options->command[0]);
    if (shrink(program)) {
        if (options->save != NULL &&
            !schedule_write(options->save, program->shared, symbols))
            status = 2;
        if (wanted) {
            putchar('\n');
            lanes_draw(stdout, program->shared, symbols, options->all);
        }
    }
    symbols_close(symbols);
    return status;
}

int explore_main(int argc, char *argv[])
{
    struct options options;
    struct program program;
    struct search result = {0};

    if (!options_read(&options, false, argc, argv))
        return 2;
    if (!strategies_know(options.strategy))
        return 2;
    if (!program_start(&program, options.command))
        return 2;
    give_order(&program.shared->order, &options);
    strategies_set(&program.shared->order, options.strategy);
    int status = 3;
    if (search(&program, &options, &result))
        status = tell(&program, &options, &result);
    program_stop(&program);
    return status;
}
