// The race detector against its definition: two accesses race if some schedule
// has one right after the other. The detector sees happens-before, from one
// schedule.
#include <stdio.h>
#include <stdlib.h>

#include "../unit/unit.h"
#include "random_program.h"
#include "runs.h"

// Memory, and what may order it: operations.c tells what the letters are.
static const struct family {
    const char *name;
    const char *letters;
} families[] = {
    {"nothing orders plain memory", "xXyYi"},
    {"atomics and compare-exchange", "xXiaAfc"},
    {"mutexes and tries", "xXmMhx"},
    {"locks of readers and writers", "yYrRtT"},
    {"condition variables", "xXwgGW"},
    {"semaphores", "xXpvPVq"},
    {"barriers", "xXyb"},
    {"once", "xXo"},
    {"joins, and threads without", "xX12!$"},
    {"pipes", "xXeEuU"},
    {"pairs of sockets", "xXjJlS"},
    {"connections", "xXLIB"},
    {"sets of epoll", "xXdDE"},
    {"all kinds", "xXyYimafcrRWpPvVqboeEjJSuU12"},
};
enum { FAMILIES = sizeof families / sizeof *families };

enum { SCHEDULES_MOST = 1000 };

static struct runs seen, defined;

// Returns false if the detector tells of a race that is none, or is silent of
// one.
static bool agree(const struct random_program *program)
{
    runs_enumerate(&defined, program, SCHEDULES_MOST, false);
    runs_enumerate(&seen, program, SCHEDULES_MOST, true);
    bool found = (seen.findings >> FINDING_RACE & 1) != 0;

    return !defined.complete || !seen.complete || found == defined.adjacent;
}

static int races, others; // programs with a race, and without

static void compare(void **state)
{
    const struct family *family = *state;
    const char *count = getenv("ORACLE_PROGRAMS");
    uint64_t most = count != NULL ? strtoull(count, NULL, 10) : 12;

    for (uint64_t number = 1; number <= most; number++) {
        struct random_program program;
        char text[PROGRAM_TEXT];

        random_program_make(&program, family->letters, number);
        while (runs_estimate(&program) > SCHEDULES_MOST &&
               random_program_shorten(&program, 0))
            continue;
        random_program_write(&program, text);
        if (!agree(&program))
            fail_msg("%s: a race is %sfound, and %s", text,
                     defined.adjacent ? "not " : "",
                     defined.adjacent ? "there is one" : "there is none");
        races += defined.adjacent;
        others += !defined.adjacent;
    }
}

static void both_answers_came(void **state)
{
    (void)state;
    assert_in_range(races, FAMILIES, INT32_MAX);
    assert_in_range(others, FAMILIES, INT32_MAX);
}

int main(void)
{
    struct CMUnitTest tests[FAMILIES + 1];

    if (!runs_open()) {
        fprintf(stderr, "races: no file for the reports of the runs\n");
        return 2;
    }
    for (int i = 0; i < FAMILIES; i++)
        tests[i] =
            (struct CMUnitTest)TEST_OF(families[i].name, compare, &families[i]);
    tests[FAMILIES] = (struct CMUnitTest)TEST(
        "many programs had a race, and many had none", both_answers_came);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
