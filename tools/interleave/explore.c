#include "explore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dpor.h"
#include "enumerate.h"
#include "jobs.h"
#include "lanes.h"
#include "options.h"
#include "progress.h"
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

static bool has_found(const struct jobs *jobs)
{
    return jobs->program[0].shared->outcome.finding != FINDING_NONE;
}

// How many schedules are left for those by chance.
static uint32_t budget(const struct options *options,
                       const struct search *result)
{
    return result->schedules < options->schedules
               ? options->schedules - result->schedules
               : 0;
}

// How many there may be in all. A systematic search that has not come to its
// end goes on for a while alone, unless the user says how many are enough:
// what it finds, or proves, nobody else will.
static uint64_t limit_of(const struct options *options, const struct dpor *dpor)
{
    enum { MORE = 5 };
    bool goes_on = dpor->schedules > 0 && !dpor->done && !dpor->hopeless;

    return (uint64_t)options->schedules *
           (goes_on && !options->limited ? 1 + MORE : 1);
}

// Runs of the systematic search. Returns false if the program is gone.
static bool run_systematically(struct jobs *jobs, struct dpor *dpor,
                               const struct options *options,
                               struct search *result, int runs)
{
    while (runs-- > 0 && !dpor->done && !dpor->hopeless && !has_found(jobs) &&
           !jobs->program[0].shared->late &&
           result->schedules < limit_of(options, dpor)) {
        if (!dpor_run(dpor, &jobs->program[0], jobs->next++))
            return false;
        result->schedules++;
    }
    return true;
}

static bool is_late(const struct options *options, const struct search *result)
{
    return options->seconds > 0 && result->seconds >= options->seconds;
}

// All schedules. Returns false if the program is gone.
static bool enumerate(struct jobs *jobs, const struct options *options,
                      struct search *result)
{
    struct enumeration all;
    double begun = now();
    bool good = enumerate_open(&all);

    while (good && !all.done && !all.hopeless && !has_found(jobs) &&
           budget(options, result) > 0 && !is_late(options, result)) {
        good = enumerate_run(&all, &jobs->program[0], jobs->next++);
        result->schedules++;
        result->seconds = now() - begun;
        progress_show("schedules", result->schedules);
    }
    progress_clear();
    result->found = good && has_found(jobs) && !all.hopeless;
    result->first = result->found ? result->schedules : 0;
    result->exhaustive = all.done && !result->found;
    result->unreduced = true;
    result->hopeless = all.hopeless;
    enumerate_close(&all);
    return good;
}

// One round of what the strategy asks for: by chance, systematically, or both.
// Returns false if the program is gone.
static bool run_round(struct jobs *jobs, struct dpor *dpor,
                      const struct options *options, struct search *result)
{
    bool by_chance = !strategies_is_systematic(options->strategy);
    bool systematic = !by_chance || strcmp(options->strategy, "mix") == 0;

    if (by_chance && budget(options, result) > 0 &&
        !jobs_run(jobs, options->strategy, BATCH, budget(options, result),
                  &result->schedules))
        return false;
    return !systematic || run_systematically(jobs, dpor, options, result,
                                             by_chance ? BATCH / 3 : BATCH);
}

static bool is_over(const struct options *options, const struct search *result,
                    const struct dpor *dpor)
{
    return result->found || dpor->done ||
           result->schedules >= limit_of(options, dpor) ||
           is_late(options, result) ||
           (dpor->hopeless && strategies_is_systematic(options->strategy));
}

// Runs until something is found, all has been seen, or the budget is spent.
// Returns false if the program is gone.
static bool search(struct jobs *jobs, const struct options *options,
                   struct search *result)
{
    struct dpor dpor;
    double begun = now();
    bool good = dpor_open(&dpor);

    while (good && !is_over(options, result, &dpor)) {
        good = run_round(jobs, &dpor, options, result);
        result->seconds = now() - begun;
        progress_show("schedules", result->schedules);
        result->found = good && has_found(jobs);
    }
    progress_clear();
    if (result->found)
        result->first = result->schedules;
    result->exhaustive = dpor.done && !result->found;
    result->classes = dpor.passed;
    result->hopeless =
        dpor.hopeless && strategies_is_systematic(options->strategy);
    dpor_close(&dpor);
    return good;
}

// What the run in `shared` has found. The caller frees it; NULL: no memory
// left.
static char *finding_text(const struct shared *shared, struct symbols *symbols)
{
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);

    if (file == NULL)
        return NULL;
    report_finding(file, shared, symbols);
    fclose(file);
    return text;
}

// What was found, as it is in the shortest schedule that leads to it, and that
// schedule. Returns false if it cannot be saved.
static bool tell_finding(struct program *program, const struct options *options,
                         struct symbols *symbols, bool print)
{
    char *found = finding_text(program->shared, symbols);
    bool shrunk = shrink(program);
    bool good = true;

    if (shrunk && options->save != NULL)
        good = schedule_write(options->save, program->shared, symbols);
    if (print && shrunk) {
        report_finding(stdout, program->shared, symbols);
        putchar('\n');
        lanes_draw(stdout, program->shared, symbols, options->all);
    } else if (print && found != NULL) {
        fputs(found, stdout);
    }
    free(found);
    return good;
}

static int tell(struct program *program, const struct options *options,
                const struct search *result)
{
    program->shared->order.deadline = 0; // shrinking has its own limits

    int status = report(result, options, program->shared);
    bool print = !options->json && !options->quiet;

    if (!result->found || (!print && options->save == NULL))
        return status;
    struct symbols *symbols = symbols_open(options->command[0]);
    if (status != 1)
        report_finding(stdout, program->shared, symbols);
    else if (!tell_finding(program, options, symbols, print))
        status = 2;
    symbols_close(symbols);
    return status;
}

static int64_t deadline_of(const struct options *options)
{
    return options->seconds > 0 ? (int64_t)((now() + options->seconds) * 1e9)
                                : 0;
}

int explore_main(int argc, char *argv[])
{
    static struct jobs jobs;
    struct options options;
    struct search result = {0};

    if (!options_read(&options, false, argc, argv))
        return 2;
    if (!strategies_know(options.strategy))
        return 2;
    if (!jobs_start(&jobs, &options))
        return 2;
    for (int i = 0; i < jobs.count; i++) {
        struct order *order = &jobs.program[i].shared->order;

        options_give(&options, order);
        order->quiet = true;
        order->deadline = deadline_of(&options);
    }
    int status = 3;
    if ((strategies_is_naive(options.strategy) ? enumerate : search)(
            &jobs, &options, &result))
        status = tell(&jobs.program[0], &options, &result);
    jobs_stop(&jobs);
    return status;
}
