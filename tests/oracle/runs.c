#include "runs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "interleave/conflict.h"
#include "interleave/dpor.h"
#include "interleave/enumerate.h"
#include "report.h"

static struct report *report;

bool runs_open(void)
{
    char name[64];
    int file = memfd_create("report", 0); // inherited by the programs

    if (file < 0 || ftruncate(file, (off_t)sizeof *report) != 0)
        return false;
    report =
        mmap(NULL, sizeof *report, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    setenv("ORACLE_REPORT", name, 1);
    return report != MAP_FAILED;
}

// ---- sets ----

static void add(struct set *set, uint64_t member)
{
    for (uint32_t i = 0; i < set->count; i++)
        if (set->member[i] == member)
            return;
    if (set->count < SET_LIMIT)
        set->member[set->count++] = member;
}

uint32_t set_missing(const struct set *set, const struct set *all)
{
    uint32_t missing = 0;

    for (uint32_t i = 0; i < all->count; i++) {
        bool found = false;

        for (uint32_t k = 0; k < set->count && !found; k++)
            found = set->member[k] == all->member[i];
        missing += !found;
    }
    return missing;
}

// splitmix64's last steps: a sum over hashes must not cancel out.
static uint64_t mix(uint64_t hash, uint64_t word)
{
    uint64_t z = (hash ^ word) + UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (z ^ z >> 31) * UINT64_C(0x9e3779b97f4a7c15);
}

// ---- one run ----

static uint64_t state_of(const struct shared *shared)
{
    uint64_t hash =
        mix(14695981039346656037U, (uint64_t)shared->outcome.finding);

    for (int i = 0; i < THREADS_MOST; i++)
        hash = mix(hash, report->seen[i]);
    for (int i = 0; i < 6; i++)
        hash = mix(hash, (uint64_t)report->memory[i]);
    return hash;
}

struct action {
    struct touch touch;
    uint64_t name; // whose step it is, and which of its steps
    int thread;
};

enum { ACTIONS_LIMIT = 256 };

static int read_actions(const struct shared *shared, struct action *actions)
{
    uint64_t numbers[THREADS_LIMIT] = {0};
    int count = 0;

    for (uint32_t i = 0; i < shared->steps && count < ACTIONS_LIMIT; i++) {
        const struct step *step = &shared->trace[i];

        if (step->enabled == 0)
            continue;
        actions[count].touch =
            (struct touch){step->deed, step->size, step->object, step->second};
        actions[count].thread = step->thread;
        actions[count++].name =
            (uint64_t)step->thread << 32 | ++numbers[step->thread];
    }
    return count;
}

// Mazurkiewicz's equivalence: the same steps, and the same order of those that
// depend on each other. A sum over pairs does not depend on the order of
// others.
static uint64_t class_of(const struct action *actions, int count)
{
    uint64_t sum = 0;

    for (int i = 0; i < count; i++) {
        sum += mix(mix(actions[i].name, actions[i].touch.deed),
                   actions[i].touch.object);
        for (int k = 0; k < i; k++)
            if (actions[k].thread != actions[i].thread &&
                conflict_between(&actions[k].touch, &actions[i].touch))
                sum += mix(mix(7, actions[k].name), actions[i].name);
    }
    return sum;
}

static bool is_plain(enum deed deed)
{
    return deed == DEED_READ || deed == DEED_WRITE;
}

static bool is_access(enum deed deed)
{
    return deed >= DEED_READ && deed <= DEED_ATOMIC_UPDATE;
}

static bool is_write(enum deed deed)
{
    return is_access(deed) && deed != DEED_READ && deed != DEED_ATOMIC_READ;
}

// C11, 5.1.2.4: two accesses of different threads to the same memory, one of
// which writes and one of which is not atomic. Adjacent: nothing orders them.
static bool races(const struct action *one, const struct action *other)
{
    return one->thread != other->thread && is_access(one->touch.deed) &&
           is_access(other->touch.deed) &&
           (is_plain(one->touch.deed) || is_plain(other->touch.deed)) &&
           (is_write(one->touch.deed) || is_write(other->touch.deed)) &&
           one->touch.object < other->touch.object + other->touch.size &&
           other->touch.object < one->touch.object + one->touch.size;
}

// Takes down what the last run was.
static void note(struct runs *runs, const struct shared *shared)
{
    static struct action actions[ACTIONS_LIMIT];
    int count = read_actions(shared, actions);

    if (shared->outcome.redundant)
        return; // it was cut short
    runs->findings |= UINT64_C(1) << shared->outcome.finding;
    for (int i = 0; i < count; i++) {
        runs->deeds |= UINT64_C(1) << actions[i].touch.deed;
        runs->adjacent |= i > 0 && races(&actions[i - 1], &actions[i]);
    }
    add(&runs->states, state_of(shared));
    add(&runs->classes, class_of(actions, count));
}

static void clear(void)
{
    memset(report, 0, sizeof *report);
}

// ---- all runs ----

static bool start(struct program *process, const struct random_program *program,
                  bool races)
{
    char *arguments[THREADS_MOST + 2] = {"build/tests/oracle/operations"};
    struct options options = {.launch = arguments, .command = arguments};

    for (int i = 0; i < program->threads; i++)
        arguments[i + 1] = (char *)program->letters[i];
    if (!program_start(process, &options, 0))
        return false;
    process->shared->order.steps = 10000;
    process->shared->order.ignore_races = !races;
    process->shared->order.quiet = true;
    return true;
}

// As many orders as there are of the steps of each thread, once all threads
// have been created, if none had to wait: n! / (a! b! c!).
static double orders(const struct shared *shared)
{
    uint32_t steps[THREADS_LIMIT] = {0}, all = 0;
    double count = 1;

    for (uint32_t i = 0; i < shared->steps; i++)
        if (shared->trace[i].deed == DEED_CREATE)
            memset(steps, 0, sizeof steps);
        else if (shared->trace[i].enabled > 0)
            steps[shared->trace[i].thread]++;
    for (int i = 0; i < THREADS_MOST; i++)
        for (uint32_t k = 1; k <= steps[i]; k++)
            count *= (double)++all / k;
    return count;
}

double runs_estimate(const struct random_program *program)
{
    struct enumeration all = {0};
    struct program process = {0};
    double count = 0;

    if (start(&process, program, false) && enumerate_open(&all) &&
        enumerate_run(&all, &process, 1))
        count = orders(process.shared);
    enumerate_close(&all);
    program_stop(&process);
    return count;
}

bool runs_enumerate(struct runs *runs, const struct random_program *program,
                    uint32_t most, bool races)
{
    struct enumeration all = {0};
    struct program process = {0};
    bool good = start(&process, program, races) && enumerate_open(&all);

    *runs = (struct runs){0};
    while (good && !all.done && !all.hopeless && all.schedules < most) {
        clear();
        good = enumerate_run(&all, &process, all.schedules + 1);
        note(runs, process.shared);
    }
    runs->complete = good && all.done;
    runs->schedules = all.schedules;
    enumerate_close(&all);
    program_stop(&process);
    return good;
}

bool runs_search(struct runs *runs, const struct random_program *program,
                 uint32_t most)
{
    struct dpor dpor = {0};
    struct program process = {0};
    bool good = start(&process, program, false) && dpor_open(&dpor);

    *runs = (struct runs){0};
    while (good && !dpor.done && !dpor.hopeless && dpor.schedules < most &&
           (runs->findings >> FINDING_MISUSE & 1) == 0) {
        clear();
        good = dpor_run(&dpor, &process, dpor.schedules + 1);
        note(runs, process.shared);
    }
    runs->complete = good && dpor.done;
    runs->schedules = dpor.schedules;
    runs->passed = dpor.passed;
    dpor_close(&dpor);
    program_stop(&process);
    return good;
}
