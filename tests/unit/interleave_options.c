// The command line of interleave's commands: what is refused, with which
// sentence; what is taken.
#include "unit.h"

#include <getopt.h>
#include <string.h>

#include "capture.h"
#include "interleave/options.h"

enum { WORDS = 12 };

static char *arguments[WORDS + 2]; // the options point into it

// Reads "explore" and the words that follow, up to a NULL. Whether they are
// taken; if not, `said` is what is said on standard error.
static bool read_words(const char *const words[WORDS], bool needs_schedule,
                       struct options *options, char said[200])
{
    int count = 1;

    memset(arguments, 0, sizeof arguments);
    arguments[0] = (char *)(uintptr_t) "explore";
    for (int i = 0; i < WORDS && words[i] != NULL; i++)
        arguments[count++] = (char *)(uintptr_t)words[i];
    optind = 0; // getopt begins anew
    struct capture capture = capture_begin(stderr);
    bool taken = options_read(options, needs_schedule, count, arguments);
    capture_end(&capture, said, 200);
    return taken;
}

// ---- what is refused ----

struct wrong {
    const char *name, *sentence;
    const char *words[WORDS];
    bool needs_schedule;
};

static void refused(void **state)
{
    const struct wrong *row = *state;
    struct options options;
    char said[200], sentence[200];

    assert_false(read_words(row->words, row->needs_schedule, &options, said));
    snprintf(sentence, sizeof sentence, "interleave: %s\n", row->sentence);
    assert_string_equal(said, sentence);
}

#define NO_PROGRAM "explore needs a program (interleave --help)"

static const struct wrong wrong[] = {
    {"no program", NO_PROGRAM, {NULL}, false},
    {"only options", NO_PROGRAM, {"--json", "--jobs", "2"}, false},
    {"a schedule, but no program", NO_PROGRAM, {"a.sched"}, true},
    {"an option that does not exist",
     "what is '--fast'? (interleave --help)",
     {"--fast", "prog"},
     false},
    {"an option that does not exist, behind another one",
     "what is '--fast'? (interleave --help)",
     {"--json", "--fast", "prog"},
     false},
    {"a letter for an option",
     "what is '-x'? (interleave --help)",
     {"--json", "-x", "prog"},
     false},
    {"letters for an option: not the word before them",
     "what is '-xy'? (interleave --help)",
     {"--json", "-xy", "prog"},
     false},
    {"a value for an option that takes none",
     "what is '--json=yes'? (interleave --help)",
     {"--json=yes", "prog"},
     false},
    {"the beginning of two options",
     "what is '--s'? (interleave --help)",
     {"--s", "5", "prog"},
     false},
    {"an option without its value",
     "--jobs needs a value (interleave --help)",
     {"--json", "--jobs"},
     false},
    {"a text that is missing",
     "--save needs a value (interleave --help)",
     {"--save"},
     false},
};

static void too_many_clients(void **state)
{
    char *words[2 * CLIENTS_LIMIT + 5] = {(char *)(uintptr_t) "explore"};
    int count = 1;
    struct options options;
    char said[200];

    (void)state;
    for (int i = 0; i <= CLIENTS_LIMIT; i++) {
        words[count++] = (char *)(uintptr_t) "--client";
        words[count++] = (char *)(uintptr_t) "SOLD";
    }
    words[count++] = (char *)(uintptr_t) "prog";
    optind = 0;
    struct capture capture = capture_begin(stderr);
    bool taken = options_read(&options, false, count, words);
    capture_end(&capture, said, sizeof said);
    assert_false(taken);
    assert_string_equal(said, "interleave: at most 32 clients\n");
}

// ---- numbers ----

struct number {
    const char *option;
    unsigned long long low, high;
};

static const struct number numbers[] = {
    {"depth", 1, 32},         {"bound", 0, 32},
    {"jobs", 1, 64},          {"schedules", 1, 1000000000},
    {"time", 1, 1000000},     {"seed", 0, UINT64_MAX},
    {"steps", 1, 1000000000}, {"cpu", 1, 3600},
};

static unsigned long long value_of(const struct options *options, size_t number)
{
    const unsigned long long values[] = {
        (unsigned long long)options->depth,
        (unsigned long long)options->bound,
        (unsigned long long)options->jobs,
        options->schedules,
        (unsigned long long)options->seconds,
        options->seed,
        options->steps,
        options->cpu,
    };

    return values[number];
}

// What is said; or, if it is taken, the number that it became.
static void try_number(size_t number, const char *value, char said[200])
{
    struct options options;
    char option[20];
    const char *const words[WORDS] = {option, value, "prog"};

    snprintf(option, sizeof option, "--%s", numbers[number].option);
    if (read_words(words, false, &options, said))
        snprintf(said, 200, "%llu", value_of(&options, number));
}

static void assert_refused(size_t number, const char *value)
{
    const struct number *it = &numbers[number];
    char said[200], expected[200], row[60];

    try_number(number, value, said);
    snprintf(expected, sizeof expected,
             "interleave: --%s takes a number from %llu to %llu, not '%s'\n",
             it->option, it->low, it->high, value);
    snprintf(row, sizeof row, "--%s '%s'", it->option, value);
    assert_row(row, said, expected);
}

static void no_numbers(void **state)
{
    static const char *const values[] = {
        "none", "", "7x", "1.5", "-1", "0x10", "18446744073709551616"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        for (size_t j = 0; j < COUNT_OF(values); j++)
            assert_refused(i, values[j]);
}

static void out_of_range(void **state)
{
    char value[24];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        snprintf(value, sizeof value, "%llu", numbers[i].high + 1);
        if (numbers[i].high < UINT64_MAX)
            assert_refused(i, value);
        if (numbers[i].low > 0)
            assert_refused(i, "0");
    }
}

static void lowest_and_highest(void **state)
{
    char value[24], said[200];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        for (int j = 0; j < 2; j++) {
            snprintf(value, sizeof value, "%llu",
                     j == 0 ? numbers[i].low : numbers[i].high);
            try_number(i, value, said);
            assert_row(numbers[i].option, said, value);
        }
}

// ---- what is taken ----

static void assert_taken(const char *const words[WORDS], bool needs_schedule,
                         struct options *options)
{
    char said[200];
    bool taken = read_words(words, needs_schedule, options, said);

    assert_string_equal(said, "");
    assert_true(taken);
}

static void as_help_says(void **state)
{
    static const char *const words[WORDS] = {"prog"};
    struct options options;

    (void)state;
    assert_taken(words, false, &options);
    assert_string_equal(options.strategy, "mix");
    assert_int_equal(options.depth, 3);
    assert_int_equal(options.bound, 2);
    assert_int_equal(options.jobs, 1);
    assert_int_equal(options.schedules, 10000);
    assert_int_equal(options.steps, 200000);
    assert_int_equal(options.cpu, 2);
    assert_int_equal(options.seed, 1);
    assert_true(options.seconds == 0);
    assert_int_equal(options.clients, 0);
    assert_null(options.save);
    assert_null(options.html);
    assert_null(options.schedule);
}

static void every_flag(void **state)
{
    static const char *const words[WORDS] = {
        "--ignore-races", "--exit-code", "--json",  "--quiet", "--all",
        "--svg",          "--text",      "--leaks", "prog"};
    static const char *const none[WORDS] = {"prog"};
    struct options options;

    (void)state;
    assert_taken(none, false, &options);
    assert_false(options.ignore_races || options.exit_code || options.json ||
                 options.quiet || options.all || options.svg || options.text ||
                 options.leaks);
    assert_taken(words, false, &options);
    assert_true(options.ignore_races && options.exit_code && options.json &&
                options.quiet && options.all && options.svg && options.text &&
                options.leaks);
}

static void every_text(void **state)
{
    static const char *const words[WORDS] = {"--strategy", "pct",    "--save",
                                             "a.sched",    "--html", "a.html",
                                             "--title",    "A race", "prog"};
    struct options options;

    (void)state;
    assert_taken(words, false, &options);
    assert_string_equal(options.strategy, "pct");
    assert_string_equal(options.save, "a.sched");
    assert_string_equal(options.html, "a.html");
    assert_string_equal(options.title, "A race");
}

static void clients_in_order(void **state)
{
    static const char *const words[WORDS] = {"--client", "BOOK 1", "--client",
                                             "BOOK 2", "prog"};
    struct options options;

    (void)state;
    assert_taken(words, false, &options);
    assert_int_equal(options.clients, 2);
    assert_string_equal(options.client[0], "BOOK 1");
    assert_string_equal(options.client[1], "BOOK 2");
}

static void options_of_the_program(void **state)
{
    static const char *const words[WORDS] = {"--jobs", "2", "prog",
                                             "--jobs", "3", "-x"};
    struct options options;

    (void)state;
    assert_taken(words, false, &options);
    assert_int_equal(options.jobs, 2);
    assert_ptr_equal(options.command, arguments + 3);
    assert_string_equal(options.command[1], "--jobs");
    assert_string_equal(options.command[3], "-x");
    assert_null(options.command[4]);
}

static void program_like_an_option(void **state)
{
    static const char *const words[WORDS] = {"--json", "--", "--jobs"};
    struct options options;

    (void)state;
    assert_taken(words, false, &options);
    assert_string_equal(options.command[0], "--jobs");
}

static void schedule_first(void **state)
{
    static const char *const words[WORDS] = {"--json", "a.sched", "prog", "1"};
    struct options options;

    (void)state;
    assert_taken(words, true, &options);
    assert_string_equal(options.schedule, "a.sched");
    assert_string_equal(options.command[0], "prog");
    assert_string_equal(options.command[1], "1");
    assert_ptr_equal(options.launch, options.command);
}

static void wrapper(void **state)
{
    static const char *const words[WORDS] = {"--wrapper", "jail", "prog", "1"};
    struct options options;

    (void)state;
    assert_taken(words, false, &options);
    assert_string_equal(options.launch[0], "jail");
    assert_string_equal(options.launch[1], "prog");
    assert_string_equal(options.launch[2], "1");
    assert_null(options.launch[3]);
    assert_string_equal(options.command[0], "prog");
}

static void wrapper_behind_a_schedule(void **state)
{
    static const char *const words[WORDS] = {"--wrapper", "jail", "a.sched",
                                             "prog"};
    struct options options;

    (void)state;
    assert_taken(words, true, &options);
    assert_string_equal(options.schedule, "a.sched");
    assert_string_equal(options.launch[0], "jail");
    assert_string_equal(options.launch[1], "prog");
}

static const struct CMUnitTest others[] = {
    TEST("33 clients", too_many_clients),
    TEST("what is no number, for each option that takes one", no_numbers),
    TEST("a number below the lowest, or above the highest", out_of_range),
    TEST("the lowest and the highest number are taken", lowest_and_highest),
    TEST("without options: as the help says", as_help_says),
    TEST("every flag, and none", every_flag),
    TEST("every text", every_text),
    TEST("clients stand in the order in which they were named",
         clients_in_order),
    TEST("the options of the program are its own", options_of_the_program),
    TEST("behind -- a program may be called like an option",
         program_like_an_option),
    TEST("the schedule comes before the program", schedule_first),
    TEST("a wrapper runs the program and its arguments", wrapper),
    TEST("a wrapper does not run the schedule", wrapper_behind_a_schedule),
};

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(wrong) + COUNT_OF(others)];

    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        tests[i] =
            (struct CMUnitTest)TEST_OF(wrong[i].name, refused, &wrong[i]);
    memcpy(tests + COUNT_OF(wrong), others, sizeof others);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
