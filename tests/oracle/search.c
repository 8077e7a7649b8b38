// The systematic search against all schedules: of programs made by chance both
// see the same. One reduces, and is clever; the other is simple (enumerate.h).
//
// ORACLE_PROGRAMS is how many programs of each family; see CONTRIBUTING.
#include <stdio.h>
#include <stdlib.h>

#include "../unit/unit.h"
#include "interleave/shared.h"
#include "random_program.h"
#include "runs.h"

// Operations that have to do with each other: operations.c tells what they are.
static const struct family {
    const char *name;
    const char *letters;
    // Only findings and what comes out are compared, or of a process that ends
    // early findings alone: how far threads get before depends on which
    // accesses are scheduled, and a call on a closed descriptor is another
    // step.
    enum { EQUAL, SAME_STATES, SAME_FINDINGS } how;
} families[] = {
    {"plain memory", "xXyYi", EQUAL},
    {"atomics and plain memory", "aAfcxX", EQUAL},
    {"mutexes", "mMhxX1", EQUAL},
    {"two mutexes", "nNhM", EQUAL},
    {"readers and writers", "rRtTyY", EQUAL},
    {"condition variables that are waited for", "wgGsM", EQUAL},
    {"condition variables with a limit of time", "WgGsM", EQUAL},
    {"semaphores that are waited for", "pvPVxX", EQUAL},
    {"semaphores that are tried", "qQVvxX", EQUAL},
    {"barriers", "bxXA", EQUAL},
    {"once", "oxX", EQUAL},
    {"locks that begin and end", "ZH9HxM", EQUAL},
    {"joining and yielding", "12xXkzK", EQUAL},
    {"pipes", "eEuU", EQUAL},
    {"closed descriptors", "eEF", SAME_STATES},
    {"pairs of sockets", "jJlS", EQUAL},
    {"sets of epoll", "dDEu", EQUAL},
    {"numbers of descriptors", "OCxX", EQUAL},
    {"listening and connecting", "LIBA", EQUAL},
    {"threads that are not waited for", "$!xXaAm", SAME_FINDINGS},
    {"all kinds", "xXafcmMrRtTwgGsWpqQvPVboeEjJSuUlddO12", EQUAL},
};
enum { FAMILIES = sizeof families / sizeof *families };

enum { SCHEDULES_MOST = 1000 };

static uint64_t carried_out; // a bit for each operation

static struct runs all, searched;

// The program of that number, with so few operations that all schedules can be
// run.
static void make(struct random_program *program, const char *letters,
                 uint64_t number)
{
    random_program_make(program, letters, number);
    while (runs_estimate(program) > SCHEDULES_MOST &&
           random_program_shorten(program, 0))
        continue;
}

static bool has(const struct runs *runs, enum finding finding)
{
    return (runs->findings >> finding & 1) != 0;
}

static bool agree(const struct random_program *program,
                  const struct family *family)
{
    if (!runs_enumerate(&all, program, SCHEDULES_MOST, false) || !all.complete)
        return true; // too large for all schedules
    carried_out |= all.deeds;
    if (!runs_search(&searched, program, 10 * SCHEDULES_MOST) ||
        !(searched.complete || has(&searched, FINDING_MISUSE)))
        return false;
    // With misuse the search is over: nothing is known of what comes then.
    if (has(&all, FINDING_MISUSE))
        return has(&searched, FINDING_MISUSE);
    // A waking that nobody has signalled saves from a deadlock. Where there is
    // one the search is over, whatever else may save from it.
    if (has(&all, FINDING_DEADLOCK) && (all.deeds >> DEED_WAKE_EARLY & 1) != 0)
        return has(&searched, FINDING_DEADLOCK);
    if (searched.findings != all.findings ||
        set_missing(&all.states, &searched.states) != 0)
        return false;
    if (family->how == SAME_FINDINGS)
        return true;
    return set_missing(&searched.states, &all.states) == 0 &&
           (family->how == SAME_STATES || searched.passed == all.classes.count);
}

// Leaves out what is not needed to disagree.
static void reduce(struct random_program *program, const struct family *family)
{
    for (int i = 0;; i++) {
        struct random_program shorter = *program;

        if (!random_program_shorten(&shorter, i))
            break;
        if (agree(&shorter, family))
            continue;
        *program = shorter;
        i = -1;
    }
    agree(program, family);
}

static void explain(struct random_program *program, const struct family *family)
{
    char text[PROGRAM_TEXT];

    reduce(program, family);
    random_program_write(program, text);
    print_message("# %s: of %u states %u are missing; %u classes, counted as "
                  "%u; findings %llx, not %llx%s\n",
                  text, all.states.count,
                  set_missing(&searched.states, &all.states), all.classes.count,
                  searched.passed, (unsigned long long)all.findings,
                  (unsigned long long)searched.findings,
                  searched.complete ? "" : "; it did not come to its end");
}

static uint64_t programs_to_make(void)
{
    const char *count = getenv("ORACLE_PROGRAMS");

    return count != NULL ? strtoull(count, NULL, 10) : 12;
}

static void compare(void **state)
{
    const struct family *family = *state;
    uint64_t wrong = 0, count = programs_to_make();

    for (uint64_t number = 1; number <= count; number++) {
        struct random_program program;

        make(&program, family->letters, number);
        if (agree(&program, family))
            continue;
        if (wrong++ == 0)
            explain(&program, family);
    }
    assert_int_equal(wrong, 0);
}

// ---- no operation is left out ----

// Operations that no program here carries out, and why.
static const struct {
    enum deed deed;
    const char *why;
} left_out[] = {
    {DEED_DETACH, "detaching is no scheduling point"},
    {DEED_ENTER, "only a written schedule stops at functions"},
    {DEED_ALLOCATE, "is recorded, and no choice"},
    {DEED_FREE, "is recorded, and no choice"},
    {DEED_CALL, "is recorded, and no choice"},
    {DEED_RETURN, "is recorded, and no choice"},
    {DEED_MORE, "is recorded, and no choice"},
    {DEED_PRINT, "is recorded, and no choice"},
    {DEED_SEND, "signals are not searched systematically"},
    {DEED_HANDLE, "signals are not searched systematically"},
    {DEED_SIGWAIT, "signals are not searched systematically"},
    {DEED_CANCEL, "cancellation is not searched systematically"},
    {DEED_FORK, "other processes are not searched systematically"},
    {DEED_AWAIT, "other processes are not searched systematically"},
};

static void no_operation_is_left_out(void **state)
{
    uint64_t known = carried_out;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(left_out); i++)
        known |= UINT64_C(1) << left_out[i].deed;
    for (int deed = 0; deed < DEEDS; deed++)
        if ((known >> deed & 1) == 0)
            fail_msg("operation %d (enum deed) is in no program, and not in "
                     "the list of those that are left out",
                     deed);
}

int main(void)
{
    struct CMUnitTest tests[FAMILIES + 1];

    if (!runs_open()) {
        fprintf(stderr, "search: no file for the reports of the runs\n");
        return 2;
    }
    for (int i = 0; i < FAMILIES; i++)
        tests[i] =
            (struct CMUnitTest)TEST_OF(families[i].name, compare, &families[i]);
    tests[FAMILIES] = (struct CMUnitTest)TEST(
        "no operation of the scheduler is left out", no_operation_is_left_out);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
