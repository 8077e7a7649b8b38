#include "game.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "strategies.h"
#include "trace.h"

enum { TRIALS = 200 }; // runs that look for races

static struct order *order_of(const struct game *game)
{
    return &game->program->shared->order;
}

// Runs until races have been looked for often enough.
static bool look_around(struct game *game)
{
    struct order *order = order_of(game);

    strategies_set(order, "mix");
    for (uint32_t done = 0; done < TRIALS;) {
        order->runs = TRIALS - done;
        if (!program_run(game->program))
            return false;
        done += game->program->shared->runs;
        order->run++;
    }
    return true;
}

static void keep_names(struct game *game)
{
    const struct shared *shared = game->program->shared;

    for (uint32_t i = 0; i < shared->threads; i++)
        memcpy(game->name[i], shared->fate[i].name, NAME_LIMIT);
}

bool game_commutes(int deed)
{
    switch (deed) {
    case DEED_START:
    case DEED_NAME:
    case DEED_CREATE:
    case DEED_DETACH:
    case DEED_JOIN:
    case DEED_FINISH:
        return true;
    default:
        return false;
    }
}

// To look whether a thread has ended, and not to wait for it, is a choice.
static bool commutes(const struct shared *shared, int thread)
{
    const struct fate *fate = &shared->fate[thread];

    return game_commutes(fate->deed) &&
           (fate->deed != DEED_JOIN || shared->fate[fate->object].finished);
}

// The rest of a large block is freed, too.
static bool goes_on_freeing(const struct shared *shared, int thread)
{
    uint32_t length = trace_length(shared);
    const struct step *last = length > 0 ? &shared->trace[length - 1] : NULL;

    return shared->fate[thread].frees && last != NULL &&
           last->thread == thread && last->deed == DEED_WRITE &&
           last->pc == shared->fate[thread].pc;
}

// Who goes on although nobody has chosen; -1: there is a choice.
static int goes_on(const struct shared *shared)
{
    if (shared->choices == 1)
        return shared->choice[0];
    for (uint32_t i = 0; i < shared->choices; i++) {
        int thread = shared->choice[i];

        if (commutes(shared, thread) || goes_on_freeing(shared, thread))
            return thread;
    }
    return -1;
}

static bool run_on(struct game *game)
{
    struct shared *shared = game->program->shared;
    struct order *order = order_of(game);

    for (;;) {
        if (!program_run(game->program))
            return false;
        game->over = shared->outcome.finding != FINDING_PAUSED;
        int thread = game->over ? -1 : goes_on(shared);
        if (thread < 0 || order->exact_count == TRACE_LIMIT)
            return true;
        order->exact[order->exact_count++] = (uint8_t)thread;
    }
}

bool game_begin(struct game *game, struct program *program,
                const struct options *options)
{
    struct order *order = &program->shared->order;

    *game = (struct game){.program = program};
    game->made = calloc(TRACE_LIMIT, sizeof *game->made);
    if (game->made == NULL) {
        fprintf(stderr, "interleave: no memory left\n");
        return false;
    }
    options_give(options, order);
    order->run = 1;
    order->ignore_races = true;
    order->quiet = true;
    if (!look_around(game))
        return false;
    keep_names(game);
    order->mixed = 0;
    order->strategy = STRATEGY_EXACT;
    order->pauses = true;
    order->record_all = true;
    order->runs = 1;
    order->exact_count = 0;
    return run_on(game);
}

void game_end(struct game *game)
{
    free(game->made);
}

bool game_may_go(const struct game *game, int thread)
{
    const struct shared *shared = game->program->shared;

    for (uint32_t i = 0; !game->over && i < shared->choices; i++)
        if (shared->choice[i] == thread)
            return true;
    return false;
}

static void remember(struct game *game)
{
    game->made[game->turns++] = order_of(game)->exact_count;
    game->seen = trace_length(game->program->shared);
}

bool game_choose(struct game *game, int thread)
{
    struct order *order = order_of(game);

    if (game->turns == TRACE_LIMIT || order->exact_count == TRACE_LIMIT)
        return true;
    remember(game);
    order->exact[order->exact_count++] = (uint8_t)thread;
    return run_on(game);
}

bool game_follow(struct game *game, const uint8_t *choice, uint32_t count)
{
    struct order *order = order_of(game);

    memcpy(order->exact, choice, count);
    order->exact_count = count;
    return run_on(game);
}

bool game_undo(struct game *game)
{
    struct order *order = order_of(game);

    if (game->turns == 0)
        return true;
    order->exact_count = game->made[--game->turns];
    order->pauses = true;
    bool good = run_on(game);
    game->seen = trace_length(game->program->shared);
    return good;
}

bool game_finish(struct game *game)
{
    if (game->over || game->turns == TRACE_LIMIT)
        return true;
    remember(game);
    order_of(game)->pauses = false;
    return run_on(game);
}

void game_name_threads(struct game *game)
{
    struct shared *shared = game->program->shared;

    for (uint32_t i = 0; i < shared->threads; i++) {
        char *name = shared->fate[i].name;

        if (name[0] == 'T' && isdigit((unsigned char)name[1]) &&
            game->name[i][0] != '\0')
            memcpy(name, game->name[i], NAME_LIMIT);
    }
}

int game_last(const struct game *game)
{
    const struct shared *shared = game->program->shared;

    for (uint32_t i = trace_length(shared); i > 0; i--)
        if (shared->trace[i - 1].enabled > 0)
            return shared->trace[i - 1].thread;
    return -1;
}
