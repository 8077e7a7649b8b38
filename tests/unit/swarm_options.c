// The command line of swarm: what is refused, with which sentence; what is
// taken.
#include "unit.h"

#include <getopt.h>
#include <string.h>

#include "capture.h"
#include "swarm/options.h"

enum { WORDS = 8 };

static const char *const results[] = {
    [OPTIONS_RUN] = "run",
    [OPTIONS_HELP] = "help",
    [OPTIONS_WRONG] = "wrong",
};

// Reads "swarm" and the words that follow, up to a NULL. What is said on
// standard error comes back as `said`.
static const char *parse(const char *const words[WORDS],
                         struct options *options, char said[200])
{
    char *arguments[WORDS + 2] = {(char *)(uintptr_t) "swarm"};
    int count = 1;

    for (int i = 0; i < WORDS && words[i] != NULL; i++)
        arguments[count++] = (char *)(uintptr_t)words[i];
    optind = 0; // getopt begins anew
    struct capture capture = capture_begin(stderr);
    enum options_result result = options_parse(count, arguments, options);
    capture_end(&capture, said, 200);
    return results[result];
}

// ---- what is refused ----

struct wrong {
    const char *name, *sentence;
    const char *words[WORDS];
};

static void refused(void **state)
{
    const struct wrong *row = *state;
    struct options options;
    char said[200], sentence[200];

    assert_string_equal(parse(row->words, &options, said), "wrong");
    snprintf(sentence, sizeof sentence, "swarm: %s\n", row->sentence);
    assert_string_equal(said, sentence);
}

#define ALONE                                                              \
    "--ask goes with none of --watchers, --stuck, --cut, --until-closed, " \
    "--history and --judge"
#define ONE_LINE "--ask takes one line of 1 to 128 bytes"
#define BYTES_16 "0123456789abcdef"
#define BYTES_128 \
    BYTES_16 BYTES_16 BYTES_16 BYTES_16 BYTES_16 BYTES_16 BYTES_16 BYTES_16

static const struct wrong wrong[] = {
    {"no port",
     "--port is missing: which server? (swarm --help)",
     {"--clients", "5"}},
    {"an option that does not exist",
     "unrecognized option '--fast'",
     {"--port", "7070", "--fast"}},
    {"a short option", "invalid option -- 'p'", {"-p", "7070"}},
    {"an option without its value",
     "option '--port' requires an argument",
     {"--port"}},
    {"a value for an option that takes none",
     "option '--json' doesn't allow an argument",
     {"--port", "7070", "--json=yes"}},
    {"a word that belongs nowhere",
     "what is 'now'? (swarm --help)",
     {"--port", "7070", "now"}},

    {"port 0", "--port takes a port from 1 to 65535, not '0'", {"--port", "0"}},
    {"port 65536",
     "--port takes a port from 1 to 65535, not '65536'",
     {"--port", "65536"}},
    {"a port of many digits",
     "--port takes a port from 1 to 65535, not '000080'",
     {"--port", "000080"}},
    {"an empty port",
     "--port takes a port from 1 to 65535, not ''",
     {"--port", ""}},

    {"a mix of things that nobody can ask",
     "--mix: 'sell' is none of book, cancel, move, who, sold, map",
     {"--port", "7070", "--mix", "book=1,sell=2"}},
    {"a mix without a weight",
     "--mix: how often is book? (book=5)",
     {"--port", "7070", "--mix", "book"}},
    {"a mix with an empty weight",
     "--mix: how often is map? (map=5)",
     {"--port", "7070", "--mix", "map="}},
    {"a mix with a word for a weight",
     "--mix: how often is who? (who=5)",
     {"--port", "7070", "--mix", "who=often"}},
    {"a mix with a weight below 0",
     "--mix: how often is who? (who=5)",
     {"--port", "7070", "--mix", "who=-1"}},
    {"a mix with a weight of seven digits",
     "--mix: how often is who? (who=5)",
     {"--port", "7070", "--mix", "who=1000000"}},
    {"a mix of nothing",
     "--mix leaves nothing to ask (book=5,who=1)",
     {"--port", "7070", "--mix", "book=0"}},
    {"an empty mix",
     "--mix leaves nothing to ask (book=5,who=1)",
     {"--port", "7070", "--mix", ""}},

    {"a seed that is a word",
     "--seed takes a number, not 'x'",
     {"--port", "7070", "--seed", "x"}},
    {"an empty seed",
     "--seed takes a number, not ''",
     {"--port", "7070", "--seed", ""}},
    {"a seed below 0",
     "--seed takes a number, not '-1'",
     {"--port", "7070", "--seed", "-1"}},
    {"a seed that is too large",
     "--seed takes a number, not '18446744073709551616'",
     {"--port", "7070", "--seed", "18446744073709551616"}},

    {"nothing to ask", ONE_LINE, {"--port", "7070", "--ask", ""}},
    {"two lines to ask", ONE_LINE, {"--port", "7070", "--ask", "PING\nPING"}},
    {"a CR in what is to be asked",
     ONE_LINE,
     {"--port", "7070", "--ask", "PING\r"}},
    {"129 bytes to ask", ONE_LINE, {"--port", "7070", "--ask", BYTES_128 "!"}},
    {"--ask and watchers",
     ALONE,
     {"--port", "7070", "--ask", "PING", "--watchers", "1"}},
    {"--ask and stuck ones",
     ALONE,
     {"--port", "7070", "--ask", "PING", "--stuck", "1"}},
    {"--ask and cuts",
     ALONE,
     {"--port", "7070", "--ask", "PING", "--cut", "1"}},
    {"--ask and the end of the server",
     ALONE,
     {"--port", "7070", "--ask", "PING", "--until-closed"}},
    {"--ask and a history",
     ALONE,
     {"--port", "7070", "--ask", "PING", "--history", "x"}},
    {"--ask and a judge", ALONE, {"--ask", "PING", "--judge", "x"}},
};

// ---- numbers ----

struct number {
    const char *option;
    long low, high;
    size_t place; // in struct options
};

static const struct number numbers[] = {
    {"clients", 1, 20000, offsetof(struct options, clients)},
    {"requests", 1, 1000000, offsetof(struct options, requests)},
    {"seats", 1, 100, offsetof(struct options, seats)},
    {"rate", 1, 10000000, offsetof(struct options, rate)},
    {"timeout", 1, 3600, offsetof(struct options, timeout)},
    {"watchers", 0, 1000, offsetof(struct options, watchers)},
    {"stuck", 0, 1000, offsetof(struct options, stuck)},
    {"cut", 0, 100, offsetof(struct options, cut)},
};

// "--clients 5 ->" what is said; or, if it is taken, the number that it became.
static void try_number(const struct number *number, const char *value,
                       char said[200])
{
    struct options options;
    char option[20];
    const char *const words[WORDS] = {"--port", "7070", option, value};

    snprintf(option, sizeof option, "--%s", number->option);
    if (strcmp(parse(words, &options, said), "run") == 0)
        snprintf(said, 200, "%d\n", *(int *)((char *)&options + number->place));
}

static void assert_refused(const struct number *number, const char *value)
{
    char said[200], expected[200], row[60];

    try_number(number, value, said);
    snprintf(expected, sizeof expected,
             "swarm: --%s takes a number from %ld to %ld, not '%s'\n",
             number->option, number->low, number->high, value);
    snprintf(row, sizeof row, "--%s '%s'", number->option, value);
    assert_row(row, said, expected);
}

static void no_numbers(void **state)
{
    static const char *const values[] = {"many",
                                         "",
                                         "7x",
                                         "1.5",
                                         "99999999999999999999",
                                         "-99999999999999999999"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        for (size_t j = 0; j < COUNT_OF(values); j++)
            assert_refused(&numbers[i], values[j]);
}

static void out_of_range(void **state)
{
    char value[24];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        snprintf(value, sizeof value, "%ld", numbers[i].low - 1);
        assert_refused(&numbers[i], value);
        snprintf(value, sizeof value, "%ld", numbers[i].high + 1);
        assert_refused(&numbers[i], value);
    }
}

static void lowest_and_highest(void **state)
{
    char value[24], said[200], expected[32];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        for (int j = 0; j < 2; j++) {
            snprintf(value, sizeof value, "%ld",
                     j == 0 ? numbers[i].low : numbers[i].high);
            try_number(&numbers[i], value, said);
            snprintf(expected, sizeof expected, "%s\n", value);
            assert_row(numbers[i].option, said, expected);
        }
}

// ---- what is taken ----

static void assert_taken(const char *const words[WORDS],
                         struct options *options)
{
    char said[200];

    assert_string_equal(parse(words, options, said), "run");
    assert_string_equal(said, "");
}

static void as_help_says(void **state)
{
    static const char *const words[WORDS] = {"--port", "7070"};
    static const int mix[] = {5, 3, 1, 1, 1, 1};
    struct options options;

    (void)state;
    assert_taken(words, &options);
    assert_string_equal(options.host, "::1");
    assert_string_equal(options.port, "7070");
    assert_int_equal(options.clients, 8);
    assert_int_equal(options.requests, 100);
    assert_int_equal(options.seats, 0);
    assert_int_equal(options.seed, 1);
    assert_int_equal(options.timeout, 10);
    assert_memory_equal(options.mix, mix, sizeof mix);
    assert_false(options.json || options.strangers || options.until_closed);
    assert_null(options.history);
    assert_null(options.judge);
}

static void service_for_a_port(void **state)
{
    static const char *const words[WORDS] = {"--port", "http"};
    struct options options;

    (void)state;
    assert_taken(words, &options);
    assert_string_equal(options.port, "http");
}

static void ports(void **state)
{
    static const char *const values[] = {"1", "65535"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        const char *const words[WORDS] = {"--port", values[i]};
        struct options options;

        assert_taken(words, &options);
        assert_string_equal(options.port, values[i]);
    }
}

static void mix_of_some(void **state)
{
    static const char *const words[WORDS] = {"--port", "1", "--mix",
                                             "who=1,map=999999,book=2"};
    static const int mix[] = {[BOOK] = 2, [WHO] = 1, [MAP] = 999999};
    struct options options;

    (void)state;
    assert_taken(words, &options);
    assert_memory_equal(options.mix, mix, sizeof mix);
}

static void largest_seed(void **state)
{
    static const char *const words[WORDS] = {"--port", "1", "--seed",
                                             "18446744073709551615"};
    struct options options;

    (void)state;
    assert_taken(words, &options);
    assert_true(options.seed == UINT64_MAX);
}

static void longest_line(void **state)
{
    static const char *const words[WORDS] = {"--port", "1", "--ask", BYTES_128};
    struct options options;

    (void)state;
    assert_taken(words, &options);
    assert_string_equal(options.ask, BYTES_128);
}

static void judge_needs_no_port(void **state)
{
    static const char *const words[WORDS] = {"--judge", "history", "--json"};
    struct options options;

    (void)state;
    assert_taken(words, &options);
    assert_string_equal(options.judge, "history");
    assert_true(options.json);
}

static void the_rest(void **state)
{
    static const char *const words[WORDS] = {
        "--port",    "1", "--host",      "example.org",
        "--history", "h", "--strangers", "--until-closed"};
    struct options options;

    (void)state;
    assert_taken(words, &options);
    assert_string_equal(options.host, "example.org");
    assert_string_equal(options.history, "h");
    assert_true(options.strangers);
    assert_true(options.until_closed);
}

static void help(void **state)
{
    static const char *const nothing[WORDS] = {NULL};
    static const char *const asked[WORDS] = {"--port", "1", "--help"};
    char printed[2][4000], said[200];
    const char *result[2];
    struct options options;

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct capture capture = capture_begin(stdout);

        result[i] = parse(i == 0 ? nothing : asked, &options, said);
        capture_end(&capture, printed[i], sizeof printed[i]);
    }
    assert_string_equal(result[0], "help");
    assert_string_equal(result[1], "help");
    assert_string_equal(printed[0], printed[1]);
    assert_memory_equal(printed[0], "usage: swarm --port P", 21);
}

static const struct CMUnitTest others[] = {
    TEST("what is no number, for each option that takes one", no_numbers),
    TEST("a number below the lowest, or above the highest", out_of_range),
    TEST("the lowest and the highest number are taken", lowest_and_highest),
    TEST("without other options: as the help says", as_help_says),
    TEST("a port may be the name of a service", service_for_a_port),
    TEST("ports 1 and 65535", ports),
    TEST("a mix asks only for what it names", mix_of_some),
    TEST("the largest seed", largest_seed),
    TEST("128 bytes to ask", longest_line),
    TEST("a history can be judged without a port", judge_needs_no_port),
    TEST("a host, a file, strangers, and until the server closes", the_rest),
    TEST("no argument at all, or --help: the help", help),
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
