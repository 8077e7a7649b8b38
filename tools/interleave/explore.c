#include "explore.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "dpor.h"
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

// Runs by chance, as many as there is budget for in one batch. Returns false
// if the program is gone.
static bool run_batch(struct program *program, const struct options *options,
                      struct search *result)
{
    struct order *order = &program->shared->order;
    uint32_t left = options->schedules - result->schedules;

    strategies_set(order, options->strategy);
    order->runs = left < BATCH ? left : BATCH;
    if (!program_run(program))
        return false;
    result->schedules += program->shared->runs;
    order->seed++;
    order->run++;
    return true;
}

// Runs of the systematic search. Returns false if the program is gone.
static bool run_systematically(struct program *program, struct dpor *dpor,
                               const struct options *options,
                               struct search *result, int runs)
{
    while (runs-- > 0 && !dpor->done && !dpor->hopeless &&
           !has_found(program) && result->schedules < options->schedules) {
        if (!dpor_run(dpor, program))
            return false;
        result->schedules++;
    }
    return true;
}

// One round of what the strategy asks for. Returns false if the program is
// gone.
static bool run_round(struct program *program, struct dpor *dpor,
                      const struct options *options, struct search *result)
{
    bool systematic = strategies_is_systematic(options->strategy);
    bool mixed = strcmp(options->strategy, "mix") == 0;

    if (!systematic && !run_batch(program, options, result))
        return false;
    if (!systematic && !mixed)
        return true;
    return run_systematically(program, dpor, options, result,
                              mixed ? BATCH / 3 : BATCH);
}

static bool is_over(const struct options *options, const struct search *result,
                    const struct dpor *dpor)
{
    return result->found || dpor->done ||
           result->schedules >= options->schedules ||
           (options->seconds > 0 && result->seconds >= options->seconds) ||
           (dpor->hopeless && strategies_is_systematic(options->strategy));
}

// Runs until something is found, all has been seen, or the budget is spent.
// Returns false if the program is gone.
static bool search(struct program *program, const struct options *options,
                   struct search *result)
{
    struct dpor dpor;
    double begun = now();
    bool good = dpor_open(&dpor);

    while (good && !is_over(options, result, &dpor)) {
        good = run_round(program, &dpor, options, result);
        result->seconds = now() - begun;
        result->found = good && has_found(program);
    }
    if (result->found)
        result->first = result->schedules;
    result->exhaustive = dpor.done && !result->found;
    result->classes = dpor.passed;
    result->hopeless = dpor.hopeless;
    dpor_close(&dpor);
    return good;
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
    if (!program_start(&program, &options))
        return 2;
    give_order(&program.shared->order, &options);
    int status = 3;
    if (search(&program, &options, &result))
        status = tell(&program, &options, &result);
    program_stop(&program);
    return status;
}
