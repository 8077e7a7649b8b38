// Strings in JSON: what the detectors' reports, a run and the player's page
// make of quotes, control characters and bytes that are no text.
#include "unit.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "empty_run.h"
#include "interleave/game_node.h"
#include "interleave/page.h"
#include "interleave/show_json.h"
#include "report/json_line.h"

// Reads JSON. The caller releases it.
static json_t *parse(const char *text)
{
    json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);

    if (value == NULL)
        assert_row("this is JSON", text, "");
    return value;
}

static void read_file(const char *path, char *text, size_t size)
{
    FILE *file = fopen(path, "r");

    assert_non_null(file);
    text[fread(text, 1, size - 1, file)] = '\0';
    fclose(file);
}

// ---- the reports of detectors ----

// In the place of the detector: every address is in this function.
void __sanitizer_symbolize_pc(void *pc, const char *format, char *text,
                              size_t size);

void __sanitizer_symbolize_pc(void *pc, const char *format, char *text,
                              size_t size)
{
    if (strcmp(format, "%l") == 0)
        snprintf(text, size, "%d", (int)(uintptr_t)pc);
    else
        snprintf(text, size, "%s", format[1] == 'f' ? "sell" : "a \"b\"\\c.c");
}

static void what_is_escaped(void **state)
{
    static const struct {
        const char *name, *text, *json;
    } rows[] = {
        {"nothing", "", "\"\""},
        {"a name", "seats[7].holder", "\"seats[7].holder\""},
        {"quotes", "say \"hi\"", "\"say \\\"hi\\\"\""},
        {"a backslash", "C:\\seats.c", "\"C:\\\\seats.c\""},
        {"a backslash at the end", "a\\", "\"a\\\\\""},
        {"an escape that is none", "a\\n", "\"a\\\\n\""},
        {"control characters", "a\tb\nc\x01\x1f", "\"abc\""},
        {"more than ASCII",
         "s\xc3\xa9"
         "ance.c",
         "\"s\xc3\xa9"
         "ance.c\""},
        {"what printf looks for", "100 %s %n", "\"100 %s %n\""},
    };
    struct line line;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        line_begin(&line);
        line_string(&line, rows[i].text);
        assert_row(rows[i].name, line.text, rows[i].json);
    }
}

static void every_character_comes_back(void **state)
{
    char text[2] = "";
    struct line line;

    (void)state;
    for (char c = ' '; c < 0x7f; c++) {
        text[0] = c;
        line_begin(&line);
        line_string(&line, text);
        json_t *value = parse(line.text);
        assert_string_equal(json_string_value(value), text);
        json_decref(value);
    }
}

static void stack(void **state)
{
    void *trace[FRAMES] = {(void *)11, (void *)22, NULL, (void *)44};
    struct line line;

    (void)state;
    line_begin(&line);
    line_add(&line, "{");
    line_frames(&line, trace);
    line_add(&line, "}");
    assert_string_equal(
        line.text,
        "{\"frames\":["
        "{\"function\":\"sell\",\"file\":\"a \\\"b\\\"\\\\c.c\",\"line\":10},"
        "{\"function\":\"sell\",\"file\":\"a "
        "\\\"b\\\"\\\\c.c\",\"line\":21}]}");
}

static void longest_stack(void **state)
{
    void *trace[FRAMES];
    struct line line;

    (void)state;
    for (int i = 0; i < FRAMES; i++)
        trace[i] = (void *)(uintptr_t)(i + 1);
    line_begin(&line);
    line_add(&line, "{");
    line_frames(&line, trace);
    line_add(&line, "}");
    json_t *value = parse(line.text);
    assert_int_equal(json_array_size(json_object_get(value, "frames")), FRAMES);
    json_decref(value);
}

// A file of its own, named by KIT_TEST_LINES.
static void make_file(char path[40])
{
    strcpy(path, "/tmp/json_strings.XXXXXX");
    close(mkstemp(path));
    setenv("KIT_TEST_LINES", path, true);
}

static void write_lines(char *written, size_t size, const char *const text[],
                        int count)
{
    char path[40];
    struct line line;

    make_file(path);
    for (int i = 0; i < count; i++) {
        line_begin(&line);
        line_add(&line, "%s", text[i]);
        line_add(&line, "\n");
        line_write(&line, "KIT_TEST_LINES");
    }
    read_file(path, written, size);
    unlink(path);
    unsetenv("KIT_TEST_LINES");
}

static void lines_are_appended(void **state)
{
    static const char *const text[] = {"{\"a\":1}", "{\"b\":2}"};
    char written[100];

    (void)state;
    write_lines(written, sizeof written, text, 2);
    assert_string_equal(written, "{\"a\":1}\n{\"b\":2}\n");
}

static void too_long_a_line(void **state)
{
    static char text[LINE_SIZE], written[2 * LINE_SIZE];
    const char *const both[] = {text, "{}"};

    (void)state;
    memset(text, 'x', LINE_SIZE - 1);
    write_lines(written, sizeof written, both, 2);
    assert_string_equal(written, "{}\n");
}

static void longest_line(void **state)
{
    static char text[LINE_SIZE], written[2 * LINE_SIZE];
    const char *const only[] = {text};

    (void)state;
    memset(text, 'x', LINE_SIZE - 2);
    write_lines(written, sizeof written, only, 1);
    assert_int_equal(strlen(written), LINE_SIZE - 1);
}

// Half of it was added: what is added behind it does not make it whole.
static void full_stays_full(void **state)
{
    static char text[LINE_SIZE + 1];
    struct line line;

    (void)state;
    memset(text, 'x', LINE_SIZE);
    line_begin(&line);
    line_add(&line, "{\"text\":");
    line_string(&line, text);
    line_add(&line, "}");
    assert_true(line.full);
    assert_in_range(line.length, 1, LINE_SIZE - 1);
    line_begin(&line);
    assert_false(line.full);
    assert_int_equal(line.length, 0);
}

static void nowhere_to_write(void **state)
{
    struct line line;

    (void)state;
    line_begin(&line);
    line_add(&line, "{}\n");
    unsetenv("KIT_TEST_LINES");
    line_write(&line, "KIT_TEST_LINES");
    setenv("KIT_TEST_LINES", "/no/such/folder/lines", true);
    line_write(&line, "KIT_TEST_LINES");
    unsetenv("KIT_TEST_LINES");
    assert_int_not_equal(access("/no/such/folder/lines", F_OK), 0);
}

// ---- a run ----

// Two threads, of which one waits for the lock that the other one holds.
enum { LOCK = 0x5000, LATIN_1 = 2 };

#define LATIN_1_NAME "\xe9ve" // as an old editor writes it: no UTF-8

static int make_run(void **state)
{
    struct shared *shared = empty_run();

    if (shared == NULL)
        return -1;
    shared->threads = 3;
    strcpy(shared->fate[0].name, "main");
    strcpy(shared->fate[1].name, "a\"b\\\n\x01");
    strcpy(shared->fate[LATIN_1].name, LATIN_1_NAME);
    shared->fate[1].deed = DEED_LOCK;
    shared->fate[1].object = LOCK;
    shared->fate[1].holder = LATIN_1;
    shared->fate[0].enabled = true;
    shared->steps = 1;
    shared->trace[0] = (struct step){
        .thread = LATIN_1, .deed = DEED_LOCK, .object = LOCK, .enabled = 2};
    shared->outcome.finding = FINDING_ASSERT;
    shared->outcome.thread = 0;
    strcpy(shared->outcome.text, "assertion `name == \"\xe9\"' failed");
    *state = shared;
    return 0;
}

static int free_run(void **state)
{
    empty_run_free(*state);
    return 0;
}

static struct story *tell(const struct shared *shared)
{
    struct story *story = story_open(shared, NULL);

    assert_non_null(story);
    return story;
}

static void command_words(void **state)
{
    static const char *const command[] = {"./a b", "say \"hi\"",  "\\",   "\n",
                                          "",      "caf\xc3\xa9", "\xff", NULL};
    json_t *words = show_json_command((char **)(uintptr_t)command);
    char *text = json_dumps(words, JSON_COMPACT);

    (void)state;
    assert_string_equal(text, "[\"./a b\",\"say \\\"hi\\\"\",\"\\\\\",\"\\n\","
                              "\"\",\"caf\xc3\xa9\",\"?\"]");
    free(text);
    json_decref(words);
}

static void names_of_threads(void **state)
{
    struct story *story = tell(*state);
    json_t *threads = show_json_threads(story);
    static const char *const names[] = {"main", "a\"b\\\n\x01", "?"};

    assert_int_equal(json_array_size(threads), 3);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(json_string_value(json_object_get(
                                json_array_get(threads, i), "name")),
                            names[i]);
    json_decref(threads);
    story_close(story);
}

static void a_finding(void **state)
{
    struct story *story = tell(*state);
    json_t *finding = show_json_finding(story);

    assert_string_equal(json_string_value(json_object_get(finding, "kind")),
                        "assert");
    assert_string_equal(json_string_value(json_object_get(finding, "text")),
                        "?");
    json_decref(finding);
    story_close(story);
}

static void a_run_as_a_whole(void **state)
{
    static const char *const command[] = {"\xff", NULL};
    struct story *story = tell(*state);
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    bool good = show_json(file, story, (char **)(uintptr_t)command);

    fclose(file);
    assert_true(good);
    json_t *run = parse(text);
    assert_int_equal(json_array_size(json_object_get(run, "threads")), 3);
    assert_true(json_array_size(json_object_get(run, "steps")) > 0);
    json_decref(run);
    free(text);
    story_close(story);
}

// ---- a position of a game ----

static json_t *node_of(struct shared *shared, bool over)
{
    struct program program = {.shared = shared};
    struct game game = {.program = &program, .over = over};
    struct story *story = tell(shared);
    json_t *node = game_node(&game, story);

    story_close(story);
    return node;
}

static void who_waits(void **state)
{
    struct shared *shared = *state;

    shared->outcome.finding = FINDING_PAUSED;
    shared->choices = 1;
    shared->choice[0] = LATIN_1;
    json_t *node = node_of(shared, false);
    assert_int_equal(json_array_size(json_object_get(node, "moves")), 1);
    assert_int_equal(json_array_size(json_object_get(node, "others")), 2);
    json_decref(node);
}

static void how_it_ended(void **state)
{
    json_t *node = node_of(*state, true);
    const json_t *end = json_object_get(node, "end");

    assert_true(json_is_true(json_object_get(end, "wrong")));
    assert_true(json_is_string(json_object_get(end, "text")));
    json_decref(node);
}

// ---- the player's page ----

static void page_of(json_t *data, char *page, size_t size)
{
    char path[] = "/tmp/json_strings.XXXXXX";

    close(mkstemp(path));
    assert_true(page_write(path, NULL, data));
    read_file(path, page, size);
    unlink(path);
}

// The data that a browser finds: up to the first end of the element.
static json_t *data_of(char *page)
{
    static const char mark[] = "id=\"data\">";
    char *data = strstr(page, mark);

    assert_non_null(data);
    data += strlen(mark);
    char *end = strstr(data, "</script>");
    assert_non_null(end);
    *end = '\0';
    return parse(data);
}

static void text_in_a_page(void **state)
{
    static const char text[] = "</script><!-- \" \\ \n & <b>";
    static char page[1 << 20];
    json_t *data = json_pack("{s:s}", "text", text);

    (void)state;
    page_of(data, page, sizeof page);
    json_t *found = data_of(page);
    assert_string_equal(json_string_value(json_object_get(found, "text")),
                        text);
    json_decref(found);
    json_decref(data);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST("a report's line that is too long is not written",
             too_long_a_line),
        TEST("a line that is full stays so", full_stays_full),
        TEST("nowhere to write: nothing is written", nowhere_to_write),
        TEST("a report escapes quotes and backslashes, and leaves out "
             "control characters",
             what_is_escaped),
        TEST("every character of ASCII comes back as it was",
             every_character_comes_back),
        TEST("a stack is written up to its end, each call one byte before "
             "where it returns to",
             stack),
        TEST("the longest stack is written as a whole", longest_stack),
        TEST("lines are appended to the file that a variable names",
             lines_are_appended),
        TEST("the longest line is written as a whole", longest_line),
        TEST("words of a command: what is no UTF-8 becomes a question mark",
             command_words),
        TEST_WITH("names of threads: what is no UTF-8 becomes a question mark",
                  names_of_threads, make_run, free_run),
        TEST_WITH("a finding whose text is no UTF-8 is still a finding",
                  a_finding, make_run, free_run),
        TEST_WITH("a run with such names is written as a whole",
                  a_run_as_a_whole, make_run, free_run),
        TEST_WITH("a game: who waits for a thread with such a name is there",
                  who_waits, make_run, free_run),
        TEST_WITH("a game: an end whose text is no UTF-8 is still an end",
                  how_it_ended, make_run, free_run),
        TEST("no text ends the element of the page that holds it",
             text_in_a_page),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
