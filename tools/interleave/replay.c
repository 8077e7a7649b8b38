#include "replay.h"

#include <stdio.h>

#include "lanes.h"
#include "report.h"
#include "schedule.h"

// A turn that could not be followed.
static int tell_turn(const struct options *options, const struct shared *shared)
{
    fprintf(stderr, "interleave: %s:%d: ", options->schedule,
            schedule_line(shared->outcome.turn));
    report_waiting(options, shared, shared->outcome.turn);
    return 3;
}

int replay_follow(struct program *program, const struct options *options,
                  struct symbols *symbols)
{
    struct order *order = &program->shared->order;
    const struct outcome *outcome = &program->shared->outcome;

    if (!schedule_read(options->schedule, symbols, order))
        return 2;
    options_give(options, order);
    order->strategy = STRATEGY_TURNS;
    order->runs = 1;
    if (!program_run(program))
        return 3;
    if (outcome->turn >= 0)
        return tell_turn(options, program->shared);
    if (outcome->finding == FINDING_UNJUDGED)
        fprintf(stderr, "interleave: it could not be judged: %s\n",
                outcome->text);
    return outcome->finding == FINDING_NONE       ? 0
           : outcome->finding == FINDING_UNJUDGED ? 3
                                                  : 1;
}

static int tell(const struct options *options, const struct shared *shared,
                struct symbols *symbols)
{
    struct search result = {.found = shared->outcome.finding != FINDING_NONE,
                            .schedules = 1,
                            .first = 1};

    if (options->quiet || options->json)
        return report(&result, options, shared);
    report_finding(stdout, shared, symbols);
    lanes_explain(stdout, shared, symbols);
    return result.found;
}

int replay_main(int argc, char *argv[])
{
    struct options options;
    struct program program;

    if (!options_read(&options, true, argc, argv))
        return 2;
    if (!program_start(&program, &options, 0))
        return 2;
    program.shared->order.record_all = true;
    program.shared->order.quiet = options.quiet || options.json;
    struct symbols *symbols = symbols_open(options.command[0]);
    int status = replay_follow(&program, &options, symbols);
    if (status < 2)
        status = tell(&options, program.shared, symbols);
    symbols_close(symbols);
    program_stop(&program);
    return status;
}
