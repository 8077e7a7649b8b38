#include "replay.h"

#include <stdio.h>

#include "options.h"
#include "program.h"
#include "report.h"
#include "schedule.h"

static int tell(const struct options *options, const struct shared *shared)
{
    const struct outcome *outcome = &shared->outcome;

    if (outcome->turn >= 0) {
        fprintf(stderr, "interleave: %s:%d: ", options->schedule,
                schedule_line(outcome->turn));
        report_waiting(options, shared, outcome->turn);
        return 3;
    }
    struct search result = {
        .found = outcome->finding != FINDING_NONE, .schedules = 1, .first = 1};
    return report(&result, options, shared);
}

int replay_main(int argc, char *argv[])
{
    struct options options;
    struct program program;
    int status = 2;

    if (!options_read(&options, true, argc, argv))
        return 2;
    if (!program_start(&program, options.command))
        return 2;
    struct order *order = &program.shared->order;
    struct symbols *symbols = symbols_open(options.command[0]);
    if (schedule_read(options.schedule, symbols, order)) {
        order->strategy = STRATEGY_TURNS;
        order->steps = options.steps;
        order->ignore_races = options.ignore_races;
        order->exit_code = options.exit_code;
        order->leaks = options.leaks;
        order->quiet = options.quiet || options.json;
        order->runs = 1;
        status = program_run(&program) ? tell(&options, program.shared) : 3;
    }
    symbols_close(symbols);
    program_stop(&program);
    return status;
}
