// Schedules as people write them: what is none, and what each turn means.
#include "scheduled.h"

// Only for the line: it is never called.
__attribute__((noinline, used)) static void wait_for_sale(void)
{
    sell(sold); // @here
}

// ---- what is no schedule ----

struct wrong {
    const char *name, *text, *said;
};

static void refused(void **state)
{
    const struct wrong *row = *state;
    char said[SAID];

    assert_false(read_text(row->text, strlen(row->text), said));
    assert_string_equal(said, row->said);
}

#define HOW_OFTEN "1: #1 is the first time, #65535 the last one\n"

static const struct wrong wrong[] = {
    {"no stop", "alice until\n",
     "1: a turn is: NAME until STOP; not: alice until\n"},
    {"no name", " until end\n",
     "1: a turn is: NAME until STOP; not:  until end\n"},
    {"another word", "alice waits\n",
     "1: a turn is: NAME until STOP; not: alice waits\n"},
    {"a name of two words", "worker 1 until end\n",
     "1: a turn is: NAME until STOP; not: worker 1 until end\n"},
    {"a name of 16 characters", "abcdefghijklmnop until end\n",
     "1: a turn is: NAME until STOP; not: abcdefghijklmnop until end\n"},
    {"the line is named, and comments and empty lines count",
     "# one\n\nalice until end\n  # four\nalice\n",
     "5: a turn is: NAME until STOP; not: alice\n"},
    {"the last line, without LF", "alice until end\nalice",
     "2: a turn is: NAME until STOP; not: alice\n"},
    {"a function that does not exist", "alice until sells\n",
     "1: there is no function sells\n"},
    {"a variable that does not exist", "alice until lock home\n",
     "1: there is no variable home\n"},
    {"an anchor that does not exist, in a file",
     "alice until " FILE_NAME "@nowhere\n",
     "1: there is no line with that anchor: nowhere\n"},
    {"an anchor that does not exist, in any file", "alice until @nowhere\n",
     "1: there is no line with that anchor: nowhere\n"},
    {"an anchor in a file that does not exist", "alice until other.c@count\n",
     "1: there is no line with that anchor: count\n"},
    {"a line without code", "alice until " FILE_NAME ":1\n",
     "1: there is no code in that line of " FILE_NAME "\n"},
    {"a line of a file that does not exist", "alice until other.c:20\n",
     "1: there is no code in that line of other.c\n"},
    {"a line that is a word", "alice until " FILE_NAME ":sell\n",
     "1: there is no code in that line of " FILE_NAME "\n"},
    {"a step of a client by who is none", "carol until receive\n",
     "1: there is no function receive\n"},
    {"the time before the first one", "alice until @here #0\n", HOW_OFTEN},
    {"more times than are counted", "alice until @here #65536\n", HOW_OFTEN},
    {"very many times", "alice until @here #99999999999999999999\n", HOW_OFTEN},
};

static void no_file(void **state)
{
    char said[SAID];

    (void)state;
    struct capture capture = capture_begin(stderr);
    bool good = schedule_read("/no/such/folder/a.sched", symbols, &order);
    capture_end(&capture, said, sizeof said);
    assert_false(good);
    assert_string_equal(said, "interleave: cannot open /no/such/folder/a.sched"
                              ": No such file or directory\n");
}

static void too_many_turns(void **state)
{
    static const char turn[] = "a until end\n";
    static char text[(TURNS_LIMIT + 1) * sizeof turn];
    char said[SAID], expected[40];

    (void)state;
    text[0] = '\0';
    for (char *end = text; end < text + TURNS_LIMIT * (sizeof turn - 1);)
        end = stpcpy(end, turn);
    assert_true(read_text(text, strlen(text), said));
    assert_int_equal(order.turns, TURNS_LIMIT);
    strcat(text, turn);
    assert_false(read_text(text, strlen(text), said));
    snprintf(expected, sizeof expected, "%d: too many turns\n",
             TURNS_LIMIT + 1);
    assert_string_equal(said, expected);
}

// A turn for each line of the file that has code, while there is room. Returns
// how many there are.
static int write_places(const char *file, char **end, int *places)
{
    struct stop stop[STOPS_LIMIT];
    int turns = 0;

    for (int line = 1; *places <= STOPS_LIMIT && line < 400; line++) {
        int count = symbols_line(symbols, file, line, stop, STOPS_LIMIT);

        if (count == 0)
            continue;
        *places += count;
        *end += sprintf(*end, "a until %s:%d\n", file, line);
        turns++;
    }
    return turns;
}

static void too_many_places(void **state)
{
    char text[STOPS_LIMIT * 60], *end = text, said[SAID], expected[60];
    int places = 0, turns = write_places("schedule_reading.c", &end, &places);

    (void)state;
    turns += write_places("schedule.c", &end, &places);
    turns += write_places("schedule_write.c", &end, &places);
    assert_in_range(places, STOPS_LIMIT + 1, 2 * STOPS_LIMIT);
    assert_false(read_text(text, (size_t)(end - text), said));
    snprintf(expected, sizeof expected,
             "%d: too many places for one schedule\n", turns);
    assert_string_equal(said, expected);
}

// ---- what a turn means ----

// "alice wakes until @here, 2": the line by its anchor or number.
static void describe(const struct turn *turn, char *text, size_t size)
{
    struct place place = {"", "", 0};
    char stop[80] = "end", anchor[40];

    if (turn->stops > 0)
        symbols_place(symbols, order.stop[turn->stop].first, &place);
    if (turn->exits)
        strcpy(stop, "exit");
    else if (turn->object != 0)
        symbols_variable(symbols, turn->object, stop, sizeof stop);
    else if (turn->enters)
        snprintf(stop, sizeof stop, "function %s", place.function);
    else if (symbols_anchor_at(symbols, place.file, place.line, anchor,
                               sizeof anchor))
        snprintf(stop, sizeof stop, "@%s", anchor);
    else if (place.line > 0)
        snprintf(stop, sizeof stop, "line %d", place.line);
    else if (turn->stops > 0)
        snprintf(stop, sizeof stop, "client %d",
                 (int)order.stop[turn->stop].first);
    snprintf(text, size, "%s%s until %s, %d", turn->name,
             turn->wakes ? " wakes" : "", stop, turn->times);
}

static void assert_turns(const char *row, const char *text,
                         const char *expected)
{
    char said[SAID], turn[120], turns[400] = "";

    if (!read_text(text, strlen(text), said))
        assert_row(row, said, "");
    for (uint32_t i = 0; i < order.turns; i++) {
        describe(&order.turn[i], turn, sizeof turn);
        strcat(turns, turn);
        strcat(turns, "\n");
    }
    assert_row(row, turns, expected);
}

struct meaning {
    const char *name, *text, *turns;
};

static void understood(void **state)
{
    const struct meaning *row = *state;

    order.clients = 1;
    strcpy(order.client[0].name, "carl");
    assert_turns(row->text, row->text, row->turns);
    order.clients = 0;
}

static const struct meaning meanings[] = {
    {"nothing", "", ""},
    {"comments and empty lines say nothing", "# a\n\n   \n\t# b\n", ""},
    {"to the end of the thread", "alice until end\n", "alice until end, 1\n"},
    {"to the end of the process", "alice until exit\n",
     "alice until exit, 1\n"},
    {"an anchor in a file", "alice until " FILE_NAME "@count\n",
     "alice until @count, 1\n"},
    {"an anchor in any file", "alice until @here\n", "alice until @here, 1\n"},
    {"the beginning of a function", "alice until sell\n",
     "alice until function sell, 1\n"},
    {"a lock", "alice until lock house\n", "alice until house, 1\n"},
    {"the steps of a client",
     "carl until connect\ncarl until send\ncarl until receive\n"
     "carl until leave\n",
     "carl until client 1, 1\ncarl until client 2, 1\ncarl until client 3, 1\n"
     "carl until client 4, 1\n"},
    {"waking early", "alice wakes until @here\n",
     "alice wakes until @here, 1\n"},
    {"the longest name", "abcdefghijklmno until end\n",
     "abcdefghijklmno until end, 1\n"},
    {"turns in the order of their lines, with blanks anywhere",
     "  alice   until   end  \n\tbob\tuntil\texit\t\n",
     "alice until end, 1\nbob until exit, 1\n"},
    {"CRLF", "alice until @here\r\nbob until end\r\n",
     "alice until @here, 1\nbob until end, 1\n"},
    {"the last line without LF", "alice until end", "alice until end, 1\n"},
    {"the second time", "alice until @here #2\n", "alice until @here, 2\n"},
    {"the second time, without a blank", "alice until @here#2\n",
     "alice until @here, 2\n"},
    {"the last time that is counted", "alice until @here #65535\n",
     "alice until @here, 65535\n"},
    {"a comment behind a turn", "alice until @here # both see it\n",
     "alice until @here, 1\n"},
    {"a comment behind the second time",
     "alice until @here #2 # before she writes #1\n", "alice until @here, 2\n"},
    {"a comment that begins with a number is none of times",
     "alice until @here # 2 tickets\n", "alice until @here, 1\n"},
    {"a comment that says until", "# alice until end\n", ""},
    {"a comment like a number of times", "#0 nothing\n#2 tickets\n", ""},
};

static void line_with_number(void **state)
{
    char text[80], expected[40];
    int line = symbols_anchor(symbols, FILE_NAME, "count") + 1;

    (void)state;
    snprintf(text, sizeof text, "alice until " FILE_NAME ":%d\n", line);
    snprintf(expected, sizeof expected, "alice until line %d, 1\n", line);
    assert_turns("the line behind @count", text, expected);
}

static void lines_of_turns(void **state)
{
    static const char text[] = "# one\nalice until end\n\nbob until end\n";
    char said[SAID];

    (void)state;
    assert_true(read_text(text, strlen(text), said));
    assert_int_equal(schedule_line(0), 2);
    assert_int_equal(schedule_line(1), 4);
    assert_int_equal(schedule_line(-1), 0);
    assert_int_equal(schedule_line(TURNS_LIMIT), 0);
}

// More turns than there is room for places: they end at the same ones.
static void many_turns_at_few_places(void **state)
{
    char text[STOPS_LIMIT * 40], *end = text, said[SAID], turn[120];

    (void)state;
    for (int i = 0; i <= STOPS_LIMIT / 2; i++)
        end = stpcpy(end, "alice until @here #7\nbob until sell\n");
    assert_true(read_text(text, (size_t)(end - text), said));
    assert_int_equal(order.turns, STOPS_LIMIT + 2);
    for (uint32_t i = 0; i < order.turns; i++) {
        describe(&order.turn[i], turn, sizeof turn);
        assert_string_equal(turn, i % 2 == 0 ? "alice until @here, 7"
                                             : "bob until function sell, 1");
    }
}

static const struct CMUnitTest others[] = {
    TEST("a file that is not there", no_file),
    TEST("more turns than there is room for", too_many_turns),
    TEST("more places than there is room for", too_many_places),
    TEST("a line by its number", line_with_number),
    TEST("which line of the file a turn stood in", lines_of_turns),
    TEST("many turns may end at few places", many_turns_at_few_places),
};

int main(void)
{
    struct CMUnitTest
        tests[COUNT_OF(wrong) + COUNT_OF(meanings) + COUNT_OF(others)];
    size_t count = 0;

    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        tests[count++] =
            (struct CMUnitTest)TEST_OF(wrong[i].name, refused, &wrong[i]);
    for (size_t i = 0; i < COUNT_OF(meanings); i++)
        tests[count++] = (struct CMUnitTest)TEST_OF(meanings[i].name,
                                                    understood, &meanings[i]);
    memcpy(tests + count, others, sizeof others);
    return cmocka_run_group_tests(tests, open_symbols, close_symbols);
}
