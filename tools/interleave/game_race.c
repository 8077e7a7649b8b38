#include "game_race.h"

#include "show_json.h"
#include "story.h"
#include "strategies.h"

enum { TRIALS = 200 }; // runs

static json_t *finding_of(const struct shared *shared, struct symbols *symbols)
{
    struct story *story = story_open(shared, symbols);
    json_t *finding = story != NULL ? show_json_finding(story) : json_null();

    story_close(story);
    return finding;
}

json_t *game_race(struct program *program, const struct options *options,
                  struct symbols *symbols)
{
    struct order *order = &program->shared->order;
    json_t *race = json_null();

    strategies_set(order, "mix");
    options_give(options, order);
    order->ignore_races = false;
    order->record_all = order->quiet = true;
    order->runs = 1;
    for (order->run = 1; order->run <= TRIALS && json_is_null(race);
         order->run++) {
        if (!program_run(program))
            return NULL;
        if (program->shared->outcome.finding == FINDING_RACE)
            race = finding_of(program->shared, symbols);
    }
    order->record_all = false;
    return race;
}
