// What swarm says at the end, for people and for programs, and its exit status.
#include "unit.h"

#include <jansson.h>
#include <string.h>

#include "capture.h"
#include "swarm/summary.h"

enum { PRINTED = 4000 };

// Prints what was said of a history from a file. Returns the exit status.
static int print(enum verdict verdict, const char *story, bool json,
                 char printed[PRINTED])
{
    const struct options options = {.json = json};
    struct judgement judgement = {.verdict = verdict};
    const struct summary summary = {
        .options = &options, .judgement = &judgement, .operations = 7};

    snprintf(judgement.story, STORY_SIZE, "%s", story);
    struct capture capture = capture_begin(stdout);
    int status = summary_print(&summary);
    capture_end(&capture, printed, PRINTED);
    return status;
}

static void assert_story(const char *story, const char *expected)
{
    char printed[PRINTED];

    print(VIOLATED, story, true, printed);
    json_t *object = json_loads(printed, 0, NULL);
    assert_non_null(object);
    assert_string_equal(json_string_value(json_object_get(object, "story")),
                        expected);
    json_decref(object);
}

static void no_text(void **state)
{
    (void)state;
    assert_story("\xff's CANCEL 7 was answered 'OK 7'", "?");
}

static void strings(void **state)
{
    static const char story[] = "bob's BOOK 7 was answered 'ERR \"no\" \\ \t'";

    (void)state;
    assert_story(story, story);
    assert_story("", "");
    assert_story("ren\xc3\xa9 did not hold seat 7",
                 "ren\xc3\xa9 did not hold seat 7");
}

static void one_line_of_json(void **state)
{
    char printed[PRINTED];

    (void)state;
    print(VIOLATED, "seat 7", true, printed);
    assert_string_equal(printed,
                        "{\"verdict\": \"violated\", \"story\": \"seat 7\", "
                        "\"server\": \"not asked\", \"operations\": 7}\n");
}

static void statuses(void **state)
{
    static const int expected[] = {
        [LINEARIZABLE] = 0, [VIOLATED] = 1, [UNDECIDED] = 3};
    char printed[PRINTED];

    (void)state;
    for (int verdict = LINEARIZABLE; verdict <= UNDECIDED; verdict++)
        for (int json = 0; json < 2; json++)
            assert_int_equal(print((enum verdict)verdict, "", json, printed),
                             expected[verdict]);
}

// A right history is not enough: all must have been served.
static void service(void **state)
{
    static const struct {
        const char *name;
        struct load load;
        bool died;
        int status;
    } rows[] = {
        {"all were served", {.seconds = 1}, false, 0},
        {"some broke off", {.cuts = 3}, false, 0},
        {"a client was cut off", {.cut_off = 1}, false, 3},
        {"no reply any more", {.hung = true}, false, 3},
        {"the server has died", {.seconds = 1}, true, 3},
    };
    char printed[PRINTED], status[12], expected[12];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct options options = {.json = i % 2 == 0};
        const struct judgement judgement = {.verdict = LINEARIZABLE};
        const struct summary summary = {&options, &rows[i].load, &judgement, 7,
                                        rows[i].died};
        struct capture capture = capture_begin(stdout);

        snprintf(status, sizeof status, "%d", summary_print(&summary));
        capture_end(&capture, printed, PRINTED);
        snprintf(expected, sizeof expected, "%d", rows[i].status);
        assert_row(rows[i].name, status, expected);
    }
}

static void headings(void **state)
{
    char printed[PRINTED];

    (void)state;
    print(LINEARIZABLE, "", false, printed);
    assert_string_equal(
        printed, "history   linearizable: one order explains every reply\n");
    print(VIOLATED, "seat 7", false, printed);
    assert_string_equal(printed, "history   VIOLATED\n          seat 7\n");
    print(UNDECIDED, "in doubt", false, printed);
    assert_string_equal(printed, "history   undecided\n          in doubt\n");
}

// "<indent>word word<LF><indent>word": the words with one blank between them.
static void unbreak(const char *printed, char *story)
{
    size_t longest = 0;

    for (const char *line = printed; *line != '\0';
         line += strcspn(line, "\n") + 1) {
        size_t length = strcspn(line, "\n");

        longest = length > longest ? length : longest;
        assert_memory_equal(line, "          ", 10);
        story += sprintf(story, "%.*s ", (int)length - 10, line + 10);
    }
    story[-1] = '\0';
    assert_in_range(longest, 60, 78);
}

static void lines_are_broken(void **state)
{
    char story[STORY_SIZE], again[STORY_SIZE + 1], printed[PRINTED], row[24];

    (void)state;
    for (int length = 1; length < 20; length++) {
        story[0] = '\0';
        for (int i = 0; i < 200 / length; i++)
            snprintf(story + strlen(story), STORY_SIZE - strlen(story),
                     "%s%.*s", i > 0 ? " " : "", length,
                     "0123456789abcdefghij");
        print(VIOLATED, story, false, printed);
        unbreak(strchr(printed, '\n') + 1, again);
        snprintf(row, sizeof row, "words of %d", length);
        assert_row(row, again, story);
    }
}

static const struct CMUnitTest tests[] = {
    TEST("a story that is no UTF-8 is a question mark for programs", no_text),
    TEST("quotes, backslashes and more than ASCII come back as they were",
         strings),
    TEST("for programs: one line of JSON", one_line_of_json),
    TEST("the exit status is the verdict, in text and in JSON", statuses),
    TEST("the exit status says, too, that somebody was not served", service),
    TEST("for people: the verdict, and the story", headings),
    TEST("lines are broken between words, at 78 columns", lines_are_broken),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL);
}
