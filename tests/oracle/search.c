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

// What is still wrong, and expected to be: the test says so when it is mended.
#define KNOWN_FALSE_PROOF \
    "issue 21: operations that pass a token are not reordered"
#define KNOWN_END "issue 21: the end of the process orders too much"
#define KNOWN_EARLY \
    "issue 21: that a wait does not end early is not always tried"

// Operations that have to do with each other: operations.c tells what they are.
static const struct family {
    const char *name;
    const char *letters;
    const char *known; // NULL, or the issue
} families[] = {
    {"plain memory", "xXyYi", NULL},
    {"atomics and plain memory", "aAfcxX", NULL},
    {"mutexes", "mMhxX1", NULL},
    {"two mutexes", "nNhM", NULL},
    {"readers and writers", "rRtTyY", NULL},
    {"condition variables that are waited for", "wgGsM", KNOWN_EARLY},
    {"condition variables with a limit of time", "WgGsM", NULL},
    {"semaphores that are waited for", "pvPVxX", KNOWN_FALSE_PROOF},
    {"semaphores that are tried", "qQVvxX", NULL},
    {"barriers", "bxXA", NULL},
    {"once", "oxX", NULL},
    {"joining and yielding", "12xXkzK", NULL},
    {"pipes", "eEFuU", KNOWN_FALSE_PROOF},
    {"pairs of sockets", "jJlS", KNOWN_FALSE_PROOF},
    {"sets of epoll", "dDEu", NULL},
    {"numbers of descriptors", "OCxX", NULL},
    {"listening and connecting", "LIBA", KNOWN_FALSE_PROOF},
    {"threads that are not waited for", "$!xXaAm", KNOWN_END},
    {"all kinds that pass no token", "xXafcmMrRtTgGsWqQvVboElduO12", NULL},
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

static bool agree(const struct random_program *program, uint32_t most)
{
    if (!runs_enumerate(&all, program, most, false) || !all.complete)
        return true; // too large for all schedules
    carried_out |= all.deeds;
    return runs_search(&searched, program, 10 * most) && searched.complete &&
           searched.findings == all.findings &&
           set_missing(&searched.states, &all.states) == 0 &&
           set_missing(&all.states, &searched.states) == 0 &&
           searched.passed == all.classes.count;
}

// Leaves out what is not needed to disagree.
static void reduce(struct random_program *program)
{
    for (int i = 0;; i++) {
        struct random_program shorter = *program;

        if (!random_program_shorten(&shorter, i))
            break;
        if (agree(&shorter, SCHEDULES_MOST))
            continue;
        *program = shorter;
        i = -1;
    }
    agree(program, SCHEDULES_MOST);
}

static void explain(struct random_program *program)
{
    char text[PROGRAM_TEXT];

    reduce(program);
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
        if (agree(&program, SCHEDULES_MOST))
            continue;
        if (wrong++ == 0)
            explain(&program);
    }
    if (family->known == NULL) {
        assert_int_equal(wrong, 0);
        return;
    }
    print_message("# expected to disagree (%s): %llu of %llu programs\n",
                  family->known, (unsigned long long)wrong,
                  (unsigned long long)count);
    assert_int_not_equal(wrong, 0);
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
