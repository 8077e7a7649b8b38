// How lines are cut out of a stream of bytes, whatever pieces it comes in.
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "line.h"

enum { TRANSCRIPT_SIZE = 8192 };

// ---- a pipe, from which lines are read as a server would ----

static int open_pipe(const char *bytes, size_t length)
{
    int end[2];

    assert_int_equal(pipe(end), 0);
    assert_int_equal(write(end[1], bytes, length), length);
    close(end[1]);
    return end[0];
}

// Adds "[a line]", "(too long)" or "(not text)" for each line that is complete.
static void take_lines(struct line_buffer *buffer, char *transcript)
{
    char line[LINE_SIZE];
    enum line_status status;

    while ((status = line_next(buffer, line)) != LINE_NONE) {
        size_t used = strlen(transcript);

        snprintf(transcript + used, TRANSCRIPT_SIZE - used,
                 status == LINE_READY ? "[%s]" : "%s",
                 status == LINE_READY      ? line
                 : status == LINE_TOO_LONG ? "(too long)"
                                           : "(not text)");
    }
}

// What comes out when each read brings at most `piece` bytes, up to EOF.
static void read_lines(const char *bytes, size_t length, size_t piece,
                       char transcript[TRANSCRIPT_SIZE])
{
    int input = open_pipe(bytes, length);
    struct line_buffer buffer;
    ssize_t count;

    transcript[0] = '\0';
    line_init(&buffer);
    do {
        size_t room;
        char *space = line_space(&buffer, &room);

        assert_in_range(room, 1, sizeof buffer.bytes);
        count = read(input, space, room < piece ? room : piece);
        line_added(&buffer, (size_t)count);
        take_lines(&buffer, transcript);
    } while (count > 0);
    close(input);
}

static void assert_lines(const char *name, const char *bytes, size_t length,
                         const char *expected)
{
    static const size_t pieces[] = {1, 2, 3, 7, 64, 129, 1024};
    char transcript[TRANSCRIPT_SIZE], row[80];

    for (size_t i = 0; i < COUNT_OF(pieces); i++) {
        read_lines(bytes, length, pieces[i], transcript);
        snprintf(row, sizeof row, "%s, in pieces of %zu", name, pieces[i]);
        assert_row(row, transcript, expected);
    }
}

// `length` times the letter, then the end. Returns how many bytes these are.
static size_t write_long(char *bytes, size_t length, const char *end)
{
    memset(bytes, 'a', length);
    memcpy(bytes + length, end, strlen(end) + 1);
    return length + strlen(end);
}

// ---- lines that are none ----

static void too_long(void **state)
{
    static const size_t lengths[] = {129, 130, 131, 1023, 1024, 1025, 5000};
    char bytes[5100], name[40];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(lengths); i++) {
        snprintf(name, sizeof name, "%zu bytes and LF", lengths[i]);
        size_t length = write_long(bytes, lengths[i], "\nWHO 7\n");
        assert_lines(name, bytes, length, "(too long)[WHO 7]");
        snprintf(name, sizeof name, "%zu bytes and CRLF", lengths[i]);
        length = write_long(bytes, lengths[i], "\r\nWHO 7\r\n");
        assert_lines(name, bytes, length, "(too long)[WHO 7]");
    }
}

static void too_long_at_once(void **state)
{
    struct line_buffer buffer;
    char line[LINE_SIZE];
    size_t room;

    (void)state;
    line_init(&buffer);
    memset(line_space(&buffer, &room), 'a', LINE_LIMIT + 1);
    line_added(&buffer, LINE_LIMIT + 1); // the last byte may be a CR
    assert_int_equal(line_next(&buffer, line), LINE_NONE);
    *line_space(&buffer, &room) = 'a';
    line_added(&buffer, 1);
    assert_int_equal(line_next(&buffer, line), LINE_TOO_LONG);
    assert_int_equal(line_next(&buffer, line), LINE_NONE);
}

// A client that never ends its line gets one complaint, and takes no room.
static void endless(void **state)
{
    struct line_buffer buffer;
    int complaints = 0;
    char line[LINE_SIZE];

    (void)state;
    line_init(&buffer);
    for (int i = 0; i < 1000; i++) {
        size_t room;

        memset(line_space(&buffer, &room), 'a', sizeof buffer.bytes);
        assert_int_equal(room, sizeof buffer.bytes);
        line_added(&buffer, room);
        while (line_next(&buffer, line) != LINE_NONE)
            complaints++;
    }
    assert_int_equal(complaints, 1);
}

static void not_text(void **state)
{
    (void)state;
    for (int byte = 0; byte < 256; byte++) {
        bool printable = byte >= 0x20 && byte <= 0x7e;
        char bytes[] = "a.b\nWHO 7\n", name[20], expected[20];

        if (byte == '\n')
            continue;
        bytes[1] = (char)byte;
        snprintf(name, sizeof name, "byte 0x%02x", (unsigned)byte);
        snprintf(expected, sizeof expected,
                 printable ? "[a%cb][WHO 7]" : "(not text)[WHO 7]", byte);
        assert_lines(name, bytes, sizeof bytes - 1, expected);
    }
}

static void too_long_and_not_text(void **state)
{
    char bytes[200];
    size_t length = write_long(bytes, LINE_LIMIT + 1, "\n");

    (void)state;
    bytes[3] = '\t';
    assert_lines("a tab in 129 bytes", bytes, length, "(too long)");
}

static void stray_cr(void **state)
{
    (void)state;
    assert_lines("a CR within", "WHO\r7\n", 6, "(not text)");
    assert_lines("two CR", "WHO 7\r\r\n", 8, "(not text)");
    assert_lines("a CR as the first byte", "\rWHO 7\n", 7, "(not text)");
}

static void half_line_at_end_of_file(void **state)
{
    char bytes[1000];
    size_t length = write_long(bytes, LINE_LIMIT, "\r");

    (void)state;
    assert_lines("half a line", "WHO 7\nQUI", 9, "[WHO 7]");
    assert_lines("a CR without its LF", "QUIT\r", 5, "");
    assert_lines("128 bytes and a CR", bytes, length, "");
    length = write_long(bytes, 900, "");
    assert_lines("a line that is too long", bytes, length, "(too long)");
    assert_lines("nothing at all", "", 0, "");
}

// ---- lines ----

static void exactly_the_limit(void **state)
{
    char bytes[200], expected[200];

    (void)state;
    for (size_t length = LINE_LIMIT - 1; length <= LINE_LIMIT; length++) {
        size_t all = write_long(bytes, length, "\nb\n");

        snprintf(expected, sizeof expected, "[%.*s][b]", (int)length, bytes);
        assert_lines("LF", bytes, all, expected);
        all = write_long(bytes, length, "\r\nb\r\n");
        assert_lines("CRLF", bytes, all, expected);
    }
}

static void several_lines(void **state)
{
    static const char bytes[] = "HELLO bob\nBOOK 7\r\n\n\r\n  SOLD  \nQUIT\n";

    (void)state;
    assert_lines("six lines", bytes, strlen(bytes),
                 "[HELLO bob][BOOK 7][][][  SOLD  ][QUIT]");
}

static void full_buffer(void **state)
{
    char bytes[1024], expected[TRANSCRIPT_SIZE] = "";

    (void)state;
    for (size_t i = 0; i < sizeof bytes; i += 2) {
        bytes[i] = 'a';
        bytes[i + 1] = '\n';
        strcat(expected, "[a]");
    }
    assert_lines("512 lines", bytes, sizeof bytes, expected);
}

// ---- against another way to do it, which has the whole stream at once ----

static void append(char *transcript, const char *bytes, size_t length)
{
    size_t used = strlen(transcript);
    bool text = true;

    if (length > 0 && bytes[length - 1] == '\r')
        length--;
    for (size_t i = 0; i < length; i++)
        text = text && bytes[i] >= 0x20 && bytes[i] <= 0x7e;
    if (length > 128)
        strcpy(transcript + used, "(too long)");
    else if (!text)
        strcpy(transcript + used, "(not text)");
    else
        sprintf(transcript + used, "[%.*s]", (int)length, bytes);
}

// A line without an end is no line; but one that is too long is known as such.
static void split(const char *bytes, size_t length,
                  char transcript[TRANSCRIPT_SIZE])
{
    const char *end = bytes + length, *newline;

    transcript[0] = '\0';
    for (; (newline = memchr(bytes, '\n', (size_t)(end - bytes))) != NULL;
         bytes = newline + 1)
        append(transcript, bytes, (size_t)(newline - bytes));
    if (end - bytes > 129)
        strcat(transcript, "(too long)");
}

static void random_streams(void **state)
{
    static const char some[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaa  \r\r\n\t\xff";
    char bytes[1500] = "", expected[TRANSCRIPT_SIZE], name[30];

    (void)state;
    srand(1);
    for (int round = 0; round < 100; round++) {
        size_t length = (size_t)rand() % sizeof bytes;
        // From lines of some bytes to lines that are too long.
        size_t kinds = sizeof some - 1 - (round % 2 ? 2 : 0);

        for (size_t i = 0; i < length; i++)
            bytes[i] = rand() % (1 + round % 8) != 0
                           ? 'a'
                           : some[(size_t)rand() % kinds];
        snprintf(name, sizeof name, "stream %d", round);
        split(bytes, length, expected);
        assert_lines(name, bytes, length, expected);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST("129 bytes or more are too long; the next line is read again",
             too_long),
        TEST("a line is too long as soon as it cannot end in time, not at "
             "its LF",
             too_long_at_once),
        TEST("an endless line is too long once, and never fills the buffer",
             endless),
        TEST("each byte but 0x20 to 0x7e makes a line that is not text",
             not_text),
        TEST("a line that is too long and not text is too long",
             too_long_and_not_text),
        TEST("a CR belongs to the end of a line only right before its LF",
             stray_cr),
        TEST("half a line before the end of file is no line",
             half_line_at_end_of_file),
        TEST("a line has up to 128 bytes, its LF or CRLF not counted",
             exactly_the_limit),
        TEST("lines come out one by one, also empty ones, with their blanks",
             several_lines),
        TEST("lines that fill the buffer to its last byte all come out",
             full_buffer),
        TEST("random streams, in any pieces, are cut as if they came at once",
             random_streams),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
