#include "report.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "caveats.h"
#include "clients.h"
#include "sentence.h"
#include "strategies.h"
#include "symbols.h"
#include "trace.h"

const char *report_kind(int finding)
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
        [FINDING_PAUSED] = "paused",
    };

    return finding >= 0 && finding <= FINDING_PAUSED ? kinds[finding] : "";
}

static void print_json(const struct search *search,
                       const struct options *options,
                       const struct shared *shared)
{
    json_t *object = json_pack(
        "{s:b, s:s, s:i, s:i, s:b, s:s, s:I, s:f}", "found", search->found,
        "kind", report_kind(shared->outcome.finding), "schedules",
        (int)search->schedules, "first", (int)search->first, "exhaustive",
        search->exhaustive, "strategy", options->strategy, "seed",
        (json_int_t)options->seed, "seconds", search->seconds);

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

static void print_access(FILE *file, struct symbols *symbols,
                         const struct shared *shared,
                         const struct access *access)
{
    struct place place;
    char variable[128], lock[128];

    symbols_place(symbols, access->pc, &place);
    symbols_variable(symbols, access->address, variable, sizeof variable);
    fprintf(file, "  %s %s %s at %s:%d (%s)",
            thread_name(shared, access->thread),
            access->writes ? "writes" : "reads", variable, place.file,
            place.line, place.function);
    if (access->locks[0] == 0)
        fprintf(file, ", holding no lock");
    for (int i = 0; i < 4 && access->locks[i] != 0; i++) {
        symbols_variable(symbols, access->locks[i], lock, sizeof lock);
        fprintf(file, "%s `%s`", i == 0 ? ", holding" : " and", lock);
    }
    fputc('\n', file);
}

static void print_race(FILE *file, struct symbols *symbols,
                       const struct shared *shared)
{
    fprintf(file, "data race: nothing orders these two\n");
    print_access(file, symbols, shared, &shared->outcome.first);
    print_access(file, symbols, shared, &shared->outcome.second);
}

// What a thread waits for, and who holds it.
static void print_wait(FILE *file, struct symbols *symbols,
                       const struct shared *shared, const struct fate *fate)
{
    struct place place;
    char object[128];

    symbols_place(symbols, fate->pc, &place);
    symbols_variable(symbols, fate->object, object, sizeof object);
    if (fate->waits_for[0] != '\0')
        snprintf(object, sizeof object, "%.*s", (int)sizeof fate->waits_for,
                 fate->waits_for);
    if (fate->deed == DEED_JOIN)
        snprintf(object, sizeof object, "the end of %s",
                 thread_name(shared, (int)fate->object));
    fprintf(file, "%s waits for %s", fate->name, object);
    if (clients_step_name(fate->pc) == NULL)
        fprintf(file, " at %s:%d (%s)", place.file, place.line, place.function);
    if (fate->holder >= 0)
        fprintf(file, ", which %s holds", thread_name(shared, fate->holder));
    fputc('\n', file);
}

static void print_waiting(FILE *file, struct symbols *symbols,
                          const struct shared *shared)
{
    for (uint32_t i = 0; i < shared->threads && i < THREADS_LIMIT; i++)
        if (!shared->fate[i].finished) {
            fprintf(file, "  ");
            print_wait(file, symbols, shared, &shared->fate[i]);
        }
}

void report_waiting(const struct options *options, const struct shared *shared,
                    int turn)
{
    struct symbols *symbols = symbols_open(options->command[0]);
    const char *name = shared->order.turn[turn].name;

    for (uint32_t i = 0; i < shared->threads && i < THREADS_LIMIT; i++)
        if (trace_is_called(shared, i, name) && !shared->fate[i].finished)
            print_wait(stderr, symbols, shared, &shared->fate[i]);
    symbols_close(symbols);
}

// The judge's story, in lines of at most 80 columns.
static void print_story(FILE *file, const char *story)
{
    int column = fprintf(file, "history:"), left = TEXT_LIMIT;

    while (left > 0 && *story != '\0') {
        int length = (int)strcspn(story, " ");

        length = length < left ? length : left;
        if (column + 1 + length > 80)
            column = fprintf(file, "\n ") - 1;
        column += fprintf(file, " %.*s", length, story);
        story += length + (story[length] == ' ');
        left -= length + 1;
    }
    fputc('\n', file);
}

void report_finding(FILE *file, const struct shared *shared,
                    struct symbols *symbols)
{
    const struct outcome *outcome = &shared->outcome;
    struct place place;

    symbols_know(symbols, shared);
    if (outcome->finding == FINDING_NONE) {
        fprintf(file, "nothing goes wrong\n");
        return;
    }
    if (outcome->finding == FINDING_HISTORY) {
        print_story(file, outcome->text);
        return;
    }
    if (outcome->finding == FINDING_RACE) {
        print_race(file, symbols, shared);
        return;
    }
    char text[2 * TEXT_LIMIT];
    sentence_write(outcome, symbols, NULL, text, sizeof text);
    fprintf(file, "%s: %s", report_kind(outcome->finding), text);
    if (outcome->finding != FINDING_DEADLOCK &&
        symbols_place(symbols, outcome->pc, &place))
        fprintf(file, " (%s, %s:%d)", thread_name(shared, outcome->thread),
                place.file, place.line);
    fputc('\n', file);
    if (outcome->finding == FINDING_DEADLOCK)
        print_waiting(file, symbols, shared);
}

static void print_proof(const struct search *search,
                        const struct shared *shared)
{
    if (search->unreduced)
        printf("all %" PRIu32 " schedules pass, equivalent ones included "
               "(%.1f s)\n",
               search->schedules, search->seconds);
    else if (search->classes == 1)
        printf("the only interleaving passes (%" PRIu32 " schedules, %.1f s)\n",
               search->schedules, search->seconds);
    else
        printf("all %" PRIu32 " interleavings pass (%" PRIu32
               " schedules, %.1f s)\n",
               search->classes, search->schedules, search->seconds);
    caveats_of_proof(stdout, shared);
}

static void print_nothing(const struct search *search,
                          const struct shared *shared)
{
    caveats_write(stdout, shared);
    if (caveats_nothing_tested(shared))
        return;
    if (search->hopeless)
        printf("no systematic search: too many threads or steps, signals and "
               "the like,\nor a program that does something else every time "
               "(other strategies go on)\n");
    else if (search->exhaustive)
        print_proof(search, shared);
    else
        printf("nothing found in %" PRIu32 " schedules (%.1f s)\n",
               search->schedules, search->seconds);
}

static void print_text(const struct search *search,
                       const struct options *options,
                       const struct shared *shared)
{
    if (!search->found) {
        print_nothing(search, shared);
        return;
    }
    printf("found in schedule %" PRIu32 " (%s, seed %" PRIu64 ")\n",
           search->first,
           search->unreduced ? "all" : strategies_name(shared->order.strategy),
           options->seed);
    fflush(stdout);
}

int report(const struct search *search, const struct options *options,
           const struct shared *shared)
{
    if (options->json)
        print_json(search, options, shared);
    else if (!options->quiet)
        print_text(search, options, shared);
    if (!search->found)
        return search->hopeless || caveats_nothing_tested(shared) ? 3 : 0;
    return shared->outcome.finding == FINDING_UNJUDGED ? 3 : 1;
}
