#include "report.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "sentence.h"
#include "strategies.h"
#include "symbols.h"

static const char *kind_of(int finding)
{
    static const char *const kinds[] = {
        [FINDING_NONE] = "",
        [FINDING_ASSERT] = "assert",
        [FINDING_CRASH] = "crash",
        [FINDING_DEADLOCK] = "deadlock",
        [FINDING_LIVELOCK] = "livelock",
        [FINDING_RACE] = "race",
        [FINDING_EXIT] = "exit",
        [FINDING_LEAK] = "leak",
        [FINDING_MISUSE] = "misuse",
        [FINDING_HISTORY] = "history",
        [FINDING_UNJUDGED] = "unjudged",
    };

    return finding >= 0 && finding <= FINDING_UNJUDGED ? kinds[finding] : "";
}

static void print_json(const struct search *search,
                       const struct options *options,
                       const struct shared *shared)
{
    json_t *object = json_pack(
        "{s:b, s:s, s:i, s:i, s:b, s:s, s:I, s:f}", "found", search->found,
        "kind", kind_of(shared->outcome.finding), "schedules",
        (int)search->schedules, "first", (int)search->first, "exhaustive", 0,
        "strategy", options->strategy, "seed", (json_int_t)shared->order.seed,
        "seconds", search->seconds);

    json_dumpf(object, stdout, JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(6));
    putchar('\n');
    json_decref(object);
}

static const char *thread_name(const struct shared *shared, int thread)
{
    return thread < (int)shared->threads && thread < THREADS_LIMIT
               ? shared->fate[thread].name
               : "?";
}

static void print_access(struct symbols *symbols, const struct shared *shared,
                         const struct access *access)
{
    struct place place;
    char variable[128], lock[128];

    symbols_place(symbols, access->pc, &place);
    symbols_variable(symbols, access->address, variable, sizeof variable);
    printf("  %s %s %s at %s:%d (%s)", thread_name(shared, access->thread),
           access->writes ? "writes" : "reads", variable, place.file,
           place.line, place.function);
    if (access->locks[0] == 0)
        printf(", holding no lock");
    for (int i = 0; i < 4 && access->locks[i] != 0; i++) {
        symbols_variable(symbols, access->locks[i], lock, sizeof lock);
        printf("%s `%s`", i == 0 ? ", holding" : " and", lock);
    }
    putchar('\n');
}

static void print_race(struct symbols *symbols, const struct shared *shared)
{
    printf("data race: nothing orders these two\n");
    print_access(symbols, shared, &shared->outcome.first);
    print_access(symbols, shared, &shared->outcome.second);
}

// What a thread waits for, and who holds it.
static void print_wait(FILE *file, struct symbols *symbols,
                       const struct shared *shared, const struct fate *fate)
{
    struct place place;
    char object[128];

    symbols_place(symbols, fate->pc, &place);
    symbols_variable(symbols, fate->object, object, sizeof object);
    if (fate->deed == DEED_JOIN)
        snprintf(object, sizeof object, "the end of %s",
                 thread_name(shared, (int)fate->object));
    fprintf(file, "%s waits for %s at %s:%d (%s)", fate->name, object,
            place.file, place.line, place.function);
    if (fate->holder >= 0)
        fprintf(file, ", which %s holds", thread_name(shared, fate->holder));
    fputc('\n', file);
}

static void print_waiting(struct symbols *symbols, const struct shared *shared)
{
    for (uint32_t i = 0; i < shared->threads && i < THREADS_LIMIT; i++)
        if (!shared->fate[i].finished) {
            printf("  ");
            print_wait(stdout, symbols, shared, &shared->fate[i]);
        }
}

void report_waiting(const struct options *options, const struct shared *shared,
                    int turn)
{
    struct symbols *symbols = symbols_open(options->command[0]);
    const char *name = shared->order.turn[turn].name;

    for (uint32_t i = 0; i < shared->threads && i < THREADS_LIMIT; i++)
        if (strncmp(shared->fate[i].name, name, NAME_LIMIT) == 0 &&
            !shared->fate[i].finished)
            print_wait(stderr, symbols, shared, &shared->fate[i]);
    symbols_close(symbols);
}

static void print_finding(struct symbols *symbols, const struct shared *shared)
{
    const struct outcome *outcome = &shared->outcome;
    struct place place;

    if (outcome->finding == FINDING_RACE) {
        print_race(symbols, shared);
        return;
    }
    char text[2 * TEXT_LIMIT];

    sentence_write(outcome, symbols, text, sizeof text);
    printf("%s: %s", kind_of(outcome->finding), text);
    if (outcome->finding != FINDING_DEADLOCK &&
        symbols_place(symbols, outcome->pc, &place))
        printf(" (%s, %s:%d)", thread_name(shared, outcome->thread), place.file,
               place.line);
    putchar('\n');
    if (outcome->finding == FINDING_DEADLOCK)
        print_waiting(symbols, shared);
}

static void print_text(const struct search *search,
                       const struct options *options,
                       const struct shared *shared)
{
    if (!search->found) {
        printf("nothing found in %" PRIu32 " schedules (%.1f s)\n",
               search->schedules, search->seconds);
        return;
    }
    struct symbols *symbols = symbols_open(options->command[0]);
    printf("found in schedule %" PRIu32 " (%s, seed %" PRIu64 ")\n",
           search->first, strategies_name(shared->order.strategy),
           shared->order.seed);
    print_finding(symbols, shared);
    symbols_close(symbols);
}

int report(const struct search *search, const struct options *options,
           const struct shared *shared)
{
    if (options->json)
        print_json(search, options, shared);
    else if (!options->quiet)
        print_text(search, options, shared);
    if (!search->found)
        return 0;
    return shared->outcome.finding == FINDING_UNJUDGED ? 3 : 1;
}
