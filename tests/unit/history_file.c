// Histories as files: what is no history, and what is read as it was written.
#include "unit.h"

#include <errno.h>
#include <stdlib.h>

#include "history_text.h"

enum { TEXT_SIZE = 1 << 13 };

static const char heading[] =
    "# name called returned request -> reply (nanoseconds)\n";

static void write_text(const struct history *history, char text[TEXT_SIZE])
{
    FILE *file = fmemopen(text, TEXT_SIZE, "w");

    assert_true(history_write(history, file));
    fclose(file);
}

// ---- what is not understood ----

struct wrong {
    const char *what, *text;
    int line;
};

static void assert_wrong(const struct wrong *wrong, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct history history;
        char line[20], expected[20];

        snprintf(line, sizeof line, "line %d",
                 read_text(&history, wrong[i].text));
        snprintf(expected, sizeof expected, "line %d", wrong[i].line);
        history_release(&history);
        assert_row(wrong[i].what, line, expected);
    }
}

static void no_operation(void **state)
{
    static const struct wrong rows[] = {
        {"a sentence", "alice buys a seat\n", 1},
        {"no times", "alice BOOK 7 -> OK 7\n", 1},
        {"one time", "alice 1 BOOK 7 -> OK 7\n", 1},
        {"a time that is a word", "alice 1 now BOOK 7 -> OK 7\n", 1},
        {"a time with a letter", "alice 1 2x BOOK 7 -> OK 7\n", 1},
        {"no arrow", "alice 1 2 BOOK 7\n", 1},
        {"no name", "1 2 BOOK 7 -> OK 7\n", 1},
        {"a name of 16", "abcdefghijklmnop 1 2 BOOK 7 -> OK 7\n", 1},
    };

    (void)state;
    assert_wrong(rows, COUNT_OF(rows));
}

static void no_request(void **state)
{
    static const struct wrong rows[] = {
        {"a verb that does not exist", "al 1 2 SELL 7 -> OK 7\n", 1},
        {"a verb in small letters", "al 1 2 book 7 -> OK 7\n", 1},
        {"a verb with more behind it", "al 1 2 BOOKED 7 -> OK 7\n", 1},
        {"a verb that holds no seat", "al 1 2 HELLO al -> OK hello al\n", 1},
        {"no request", "al 1 2 -> OK 7\n", 1},
        {"no seat", "al 1 2 BOOK -> OK 7\n", 1},
        {"a seat too many", "al 1 2 BOOK 7 8 -> OK 7\n", 1},
        {"only one seat", "al 1 2 MOVE 7 -> OK 7\n", 1},
        {"three seats", "al 1 2 MOVE 7 8 9 -> OK 8\n", 1},
        {"a seat for SOLD", "al 1 2 SOLD 7 -> OK 0\n", 1},
        {"a word for SOLD", "al 1 2 SOLD out -> OK 0\n", 1},
        {"a word for MAP", "al 1 2 MAP it -> OK ...\n", 1},
        {"a word behind the seat", "al 1 2 BOOK 7 now -> OK 7\n", 1},
        {"a word behind two seats", "al 1 2 MOVE 7 8 now -> OK 8\n", 1},
        {"a seat in words", "al 1 2 BOOK seven -> OK 7\n", 1},
        {"a seat with a letter", "al 1 2 BOOK 7a -> OK 7\n", 1},
        {"a seat with a sign", "al 1 2 BOOK +7 -> OK 7\n", 1},
        {"a seat with a point", "al 1 2 MOVE 1.5 2 -> OK 2\n", 1},
        {"a number without end", "al 1 2 WHO 4294967303 -> OK free\n", 1},
    };

    (void)state;
    assert_wrong(rows, COUNT_OF(rows));
}

static void no_such_seat(void **state)
{
    static const struct wrong rows[] = {
        {"seat 0", "al 1 2 BOOK 0 -> OK 0\n", 1},
        {"seat 101", "al 1 2 WHO 101 -> OK free\n", 1},
        {"seat 9 of 8", ":seats 8\nal 1 2 BOOK 9 -> OK 9\n", 2},
        {"from seat 9 of 8", ":seats 8\nal 1 2 MOVE 9 1 -> OK 1\n", 2},
        {"to seat 9 of 8", ":seats 8\nal 1 2 MOVE 1 9 -> OK 9\n", 2},
        {"to seat 0", "al 1 2 MOVE 1 0 -> OK 0\n", 1},
        {"seat 9 of 8 is held", ":seats 8\n:held 9 zoe\n", 2},
    };

    (void)state;
    assert_wrong(rows, COUNT_OF(rows));
}

static void reply_before_request(void **state)
{
    static const struct wrong rows[] = {
        {"a booking", "alice 5 2 BOOK 7 -> OK 7\n", 1},
        {"WATCH", "eve 10 0 WATCH -> OK watching\n", 1},
    };

    (void)state;
    assert_wrong(rows, COUNT_OF(rows));
}

static void no_directive(void **state)
{
    static const struct wrong rows[] = {
        {"a word that does not exist", ":rows 8\n", 1},
        {"no number of seats", ":seats\n", 1},
        {"a number in words", ":seats eight\n", 1},
        {"no seats", ":seats 0\n", 1},
        {"too many seats", ":seats 101\n", 1},
        {"seats behind a request", "al 1 2 BOOK 7 -> OK 7\n:seats 8\n", 2},
        {"seats behind a holder", ":held 7 zoe\n:seats 8\n", 2},
        {"a holder without a name", ":held 7\n", 1},
        {"a holder of seat 0", ":held 0 zoe\n", 1},
    };

    (void)state;
    assert_wrong(rows, COUNT_OF(rows));
}

static void wrong_events(void **state)
{
    static const struct wrong rows[] = {
        {"a second WATCH",
         "eve 0 10 WATCH -> OK watching\neve 20 30 WATCH -> OK watching\n", 2},
        {"WATCH refused", "eve 0 10 WATCH -> ERR already watching\n", 1},
        {"WATCH with more behind it", "eve 0 10 WATCH -> OK watching now\n", 1},
        {"events in the wrong order",
         "alice 0 10 BOOK 7 -> OK 7\n"
         "eve 0 10 WATCH -> OK watching\n"
         "eve 30 - EVENT SOLD 7 alice\n"
         "eve 20 - EVENT FREE 7 alice\n",
         4},
    };

    (void)state;
    assert_wrong(rows, COUNT_OF(rows));
}

static void number_of_the_line(void **state)
{
    static const struct wrong rows[] = {
        {"behind a good one", "al 1 2 BOOK 7 -> OK 7\nal buys a seat\n", 2},
        {"the last one, without LF", "al 1 2 SOLD -> OK 0\nwhat?", 2},
        {"comments and empty lines count", "# one\n\n\r\n#four\nwhat?\n", 5},
        {"the first of two", "what?\nal 1 2 SOLD -> OK 0\nwhat?\n", 1},
    };

    (void)state;
    assert_wrong(rows, COUNT_OF(rows));
}

// ---- what a reply means ----

// In a house of 4 seats, to alice, bob and a client with the longest name.
#define LONGEST "abcdefghijklmno"

static const char *const outcomes[] = {
    [NO_REPLY] = "no reply",   [DONE] = "done",       [TAKEN] = "taken",
    [NOT_YOURS] = "not yours", [HELD] = "held",       [FREE] = "free",
    [COUNT] = "count",         [PICTURE] = "picture", [STRANGE] = "strange",
};

struct answer {
    const char *request, *reply;
    enum outcome outcome;
};

static void assert_answers(const struct answer *answer, size_t count)
{
    struct history history;

    history_init(&history, 4);
    names_add(&history.names, "alice");
    names_add(&history.names, "bob");
    names_add(&history.names, LONGEST);
    for (size_t i = 0; i < count; i++) {
        struct operation operation = {.outcome = NO_REPLY};
        char row[100];

        snprintf(row, sizeof row, "%s -> %s", answer[i].request,
                 answer[i].reply);
        assert_true(history_parse(&operation, answer[i].request));
        history_reply(&history, &operation, answer[i].reply);
        assert_row(row, outcomes[operation.outcome],
                   outcomes[answer[i].outcome]);
    }
    history_release(&history);
}

static void no_answers(void **state)
{
    static const struct answer rows[] = {
        {"BOOK 3", "OK 4", STRANGE},
        {"BOOK 3", "OK", STRANGE},
        {"BOOK 3", "OK 3 ", STRANGE},
        {"BOOK 3", "ok 3", STRANGE},
        {"BOOK 3", "", STRANGE},
        {"BOOK 3", "ERR sold out", STRANGE},
        {"BOOK 3", "ERR not yours", STRANGE},
        {"BOOK 3", "ERR taken", STRANGE},
        {"BOOK 3", "ERR taken ", STRANGE},
        {"BOOK 3", "ERR taken zoe", STRANGE},
        {"BOOK 3", "ERR taken alice!", STRANGE},
        {"BOOK 3", "ERR taken " LONGEST "p", STRANGE},
        {"CANCEL 3", "OK 4", STRANGE},
        {"CANCEL 3", "ERR taken bob", STRANGE},
        {"MOVE 1 3", "OK 1", STRANGE},
        {"WHO 3", "ERR not yours", STRANGE},
        {"WHO 3", "OK", STRANGE},
        {"WHO 3", "OK zoe", STRANGE},
        {"WHO 3", "OK " LONGEST "p", STRANGE},
        {"WHO 3", "bob", STRANGE},
        {"SOLD", "OK", STRANGE},
        {"SOLD", "OK ", STRANGE},
        {"SOLD", "OK two", STRANGE},
        {"SOLD", "OK -1", STRANGE},
        {"SOLD", "OK 2 ", STRANGE},
        {"SOLD", "OK 4294967296", STRANGE},
        {"SOLD", "OK free", STRANGE},
        {"MAP", "OK ...", STRANGE},
        {"MAP", "OK .....", STRANGE},
        {"MAP", "OK ..x.", STRANGE},
        {"MAP", "OK 2", STRANGE},
    };

    (void)state;
    assert_answers(rows, COUNT_OF(rows));
}

static void answers(void **state)
{
    static const struct answer rows[] = {
        {"BOOK 3", "OK 3", DONE},
        {"BOOK 3", "ERR taken bob", TAKEN},
        {"BOOK 3", "ERR taken " LONGEST, TAKEN},
        {"CANCEL 3", "OK 3", DONE},
        {"CANCEL 3", "ERR not yours", NOT_YOURS},
        {"MOVE 1 3", "OK 3", DONE},
        {"MOVE 1 3", "ERR not yours", NOT_YOURS},
        {"MOVE 1 3", "ERR taken alice", TAKEN},
        {"WHO 3", "OK free", FREE},
        {"WHO 3", "OK bob", HELD},
        {"WHO 3", "OK " LONGEST, HELD},
        {"SOLD", "OK 0", COUNT},
        {"SOLD", "OK 100", COUNT},
        {"MAP", "OK ....", PICTURE},
        {"MAP", "OK ##.#", PICTURE},
        {"  MOVE   1  3 ", "OK 3", DONE},
    };

    (void)state;
    assert_answers(rows, COUNT_OF(rows));
}

// Nobody can know bob from what stands before it.
static void named_only_later(void **state)
{
    struct history history;
    int line = read_text(&history, "al 1 2 WHO 7 -> OK bob\n"
                                   "bob 0 1 BOOK 7 -> OK 7\n");
    const char *outcome = outcomes[history_at(&history, 0)->outcome];

    (void)state;
    history_release(&history);
    assert_int_equal(line, 0);
    assert_string_equal(outcome, "held");
}

// ---- what is read and written ----

// Read, and written again: the heading, the seats and the rest.
struct copy {
    const char *what, *text, *written;
};

static void assert_copies(const struct copy *copy, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char text[TEXT_SIZE], expected[TEXT_SIZE];
        struct history history;

        assert_int_equal(read_text(&history, copy[i].text), 0);
        write_text(&history, text);
        history_release(&history);
        snprintf(expected, sizeof expected, "%s%s", heading, copy[i].written);
        assert_row(copy[i].what, text, expected);
    }
}

static void read_and_written(void **state)
{
    static const struct copy rows[] = {
        {"nothing", "", ":seats 100\n"},
        {"comments and empty lines", "# hello\n\n#\n", ":seats 100\n"},
        {"CRLF", ":seats 8\r\nal 1 2 SOLD -> OK 0\r\n",
         ":seats 8\nal 1 2 SOLD -> OK 0\n"},
        {"no LF at the end", "al 1 2 SOLD -> OK 0",
         ":seats 100\nal 1 2 SOLD -> OK 0\n"},
        {"more blanks than needed", "al   1  2   MOVE  1   3  ->   OK 3\n",
         ":seats 100\nal 1 2 MOVE 1 3 -> OK 3\n"},
        {"a holder who is named only later",
         "al 1 2 WHO 7 -> OK bob\nbob 3 4 SOLD -> OK 1\n",
         ":seats 100\nal 1 2 WHO 7 -> OK bob\nbob 3 4 SOLD -> OK 1\n"},
        {"a reply behind a request without one", "al 1 - BOOK 7 -> OK 7\n",
         ":seats 100\nal 1 - BOOK 7 -> \n"},
        {"a reply that is not text", "al 1 2 BOOK 7 -> O\tK\x7f\n",
         ":seats 100\nal 1 2 BOOK 7 -> O?K?\n"},
        {"a reply that is too long to keep",
         "al 1 2 BOOK 7 -> 123456789012345678901234567890123456789012345\n",
         ":seats 100\n"
         "al 1 2 BOOK 7 -> 123456789012345678901234567890123456789\n"},
        {"an event of nobody who is known, a line that must not be",
         "al 5 - EVENT SOLD 7 zoe\n",
         ":seats 100\nal 5 - LINE EVENT SOLD 7 zoe\n"},
        {"an event of a seat that the house does not have",
         ":seats 6\nal 5 - EVENT SOLD 7 al\n",
         ":seats 6\nal 5 - LINE EVENT SOLD 7 al\n"},
    };

    (void)state;
    assert_copies(rows, COUNT_OF(rows));
}

static void the_same_again(void **state)
{
    static const char text[] = ":seats 4\n"
                               ":held 1 zoe\n"
                               ":held 4 bob\n"
                               "alice 1200 1400 BOOK 3 -> OK 3\n"
                               "bob 1300 1500 BOOK 3 -> ERR taken alice\n"
                               "bob 1300 1300 MOVE 4 3 -> ERR taken alice\n"
                               "bob 1600 1700 MOVE 2 3 -> ERR not yours\n"
                               "bob 1800 1900 MOVE 4 2 -> OK 2\n"
                               "zoe -5 2 CANCEL 1 -> OK 1\n"
                               "zoe 2 3 CANCEL 1 -> ERR not yours\n"
                               "eve 2000 2100 WHO 3 -> OK alice\n"
                               "eve 2200 2300 WHO 4 -> OK free\n"
                               "eve 2400 2500 SOLD -> OK 2\n"
                               "eve 2600 2700 MAP -> OK .##.\n"
                               "eve 2800 2900 MAP -> ERR what?\n"
                               "eve 3000 - CANCEL 3 -> \n"
                               "w#1 900 1000 WATCH -> OK watching\n"
                               "w#1 1350 - EVENT SOLD 3 alice\n"
                               "w#1 1360 - EVENT FREE 4 bob\n"
                               "w#2 1000 - WATCH ->\n"
                               "w#3 1100 - EVENT SOLD 3 alice\n"
                               "w#1 1370 - LINE EVENT SOLOK 3\n"
                               "w#4 1380 - LINE EVENT SOLD 3 nobody_we_know\n";
    const struct copy copy = {"a history of all kinds of lines", text, text};

    (void)state;
    assert_copies(&copy, 1);
}

// ---- for all: what is written is read ----

static const char *const clients[] = {"alice", "bob", "carol", "dave"};

static void add_operation(struct history *history, int64_t time)
{
    static const char *const replies[] = {
        "OK 1",
        "OK 2",
        "OK 3",
        "OK alice",
        "OK bob",
        "ERR not yours",
        "OK ..##..##",
        "ERR taken carol",
        "OK free",
        "ERR what?",
        "",
        "OK 8",
    };
    struct operation it = {.called = time,
                           .returned = NEVER,
                           .verb = (enum verb)(rand() % (MAP + 1)),
                           .name = rand() % (int)COUNT_OF(clients)};

    if (it.verb <= WHO)
        it.seat = 1 + rand() % history->seats;
    if (it.verb == MOVE)
        it.to = 1 + rand() % history->seats;
    if (rand() % 4 > 0) {
        it.returned = time + rand() % 50;
        history_reply(history, &it,
                      replies[(size_t)rand() % COUNT_OF(replies)]);
    }
    history_add(history, &it);
}

// The file knows those who have asked something.
static void greet(struct history *history)
{
    for (size_t i = 0; i < COUNT_OF(clients); i++) {
        const struct operation it = {
            .returned = 1,
            .verb = SOLD,
            .outcome = COUNT,
            .name = names_add(&history->names, clients[i])};

        history_add(history, &it);
    }
}

static void add_listener(struct history *history, const char *label)
{
    int name = names_add(&history->names, label);
    struct listener *listener = listening_add(&history->listening, name);
    struct heard heard = {.time = 100};

    listener->called = rand() % 100;
    listener->answered = rand() % 4 ? listener->called + rand() % 9 : NEVER;
    for (int i = rand() % 20; i > 0; i--) {
        heard.time += rand() % 3;
        heard.seat = 1 + rand() % history->seats;
        heard.name = rand() % (int)COUNT_OF(clients);
        heard.sold = rand() % 2;
        listening_hear(listener, &heard);
    }
}

static void make_history(struct history *history)
{
    history_init(history, 8);
    greet(history);
    for (int seat = 1; seat <= history->seats; seat++)
        history->initial[seat] = rand() % 5 - 1;
    for (int i = rand() % 40; i > 0; i--)
        add_operation(history, rand());
    add_listener(history, "w#1");
    add_listener(history, "w#2");
    listening_stray(&history->listening, rand() % (int)COUNT_OF(clients),
                    rand(), "EVENT SOLOK 3");
}

// Two histories may number their names in another way.
static void assert_same_name(const struct history *one, int name,
                             const struct history *other, int other_name)
{
    assert_string_equal(names_text(&one->names, name),
                        names_text(&other->names, other_name));
}

static void assert_same_operation(const struct history *one,
                                  const struct history *other, int i)
{
    const struct operation *this = history_at(one, i);
    const struct operation *that = history_at(other, i);

    assert_true(this->called == that->called);
    assert_true(this->returned == that->returned);
    assert_int_equal(this->verb, that->verb);
    assert_int_equal(this->outcome, that->outcome);
    assert_int_equal(this->seat, that->seat);
    assert_int_equal(this->to, that->to);
    assert_same_name(one, this->name, other, that->name);
    if (this->outcome == TAKEN || this->outcome == HELD)
        assert_same_name(one, this->holder, other, that->holder);
    if (this->outcome == COUNT)
        assert_int_equal(this->count, that->count);
    if (this->outcome == PICTURE)
        assert_memory_equal(this->picture, that->picture, sizeof this->picture);
    if (this->outcome == STRANGE)
        assert_string_equal(this->strange, that->strange);
}

static void assert_same_listener(const struct history *one,
                                 const struct history *other, int i)
{
    const struct listener *this = &one->listening.listener[i];
    const struct listener *that = &other->listening.listener[i];

    assert_same_name(one, this->name, other, that->name);
    assert_true(this->called == that->called);
    assert_true(this->answered == that->answered);
    assert_int_equal(this->count, that->count);
    for (int j = 0; j < this->count; j++) {
        assert_true(this->heard[j].time == that->heard[j].time);
        assert_int_equal(this->heard[j].seat, that->heard[j].seat);
        assert_int_equal(this->heard[j].sold, that->heard[j].sold);
        assert_same_name(one, this->heard[j].name, other, that->heard[j].name);
    }
}

static void assert_same(const struct history *one, const struct history *other)
{
    assert_int_equal(one->seats, other->seats);
    for (int seat = 1; seat <= one->seats; seat++)
        assert_same_name(one, one->initial[seat], other, other->initial[seat]);
    assert_int_equal(one->count, other->count);
    for (int i = 0; i < one->count; i++)
        assert_same_operation(one, other, i);
    assert_int_equal(one->listening.listeners, other->listening.listeners);
    for (int i = 0; i < one->listening.listeners; i++)
        assert_same_listener(one, other, i);
    assert_int_equal(one->listening.strays, other->listening.strays);
}

static void random_histories(void **state)
{
    char text[TEXT_SIZE];

    (void)state;
    srand(1);
    for (int round = 0; round < 200; round++) {
        struct history history, again;

        make_history(&history);
        write_text(&history, text);
        assert_int_equal(read_text(&again, text), 0);
        assert_same(&history, &again);
        history_release(&history);
        history_release(&again);
    }
}

static void full_disk(void **state)
{
    struct history history;

    (void)state;
    assert_int_equal(read_text(&history, "al 1 2 SOLD -> OK 0\n"), 0);
    for (int mode = _IOFBF; mode <= _IONBF; mode++) {
        FILE *file = fopen("/dev/full", "w");

        assert_non_null(file);
        setvbuf(file, NULL, mode, mode == _IONBF ? 0 : BUFSIZ);
        errno = 0;
        bool written = history_write(&history, file);
        int error = errno;
        fclose(file);
        assert_false(written);
        assert_int_equal(error, ENOSPC);
    }
    history_release(&history);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST("a line that has not a name, two times and an arrow is no "
             "operation",
             no_operation),
        TEST("a request that has not the words of its verb is none",
             no_request),
        TEST("a seat that the house does not have", no_such_seat),
        TEST("a reply before its request", reply_before_request),
        TEST("a line with a colon that says nothing of seats or holders, or "
             "too late",
             no_directive),
        TEST("what nobody who watches can have heard", wrong_events),
        TEST("the first line that is not understood is named by its number",
             number_of_the_line),
        TEST("a reply that is none to its request is strange", no_answers),
        TEST("a full disk is noticed", full_disk),
        TEST("what each reply means", answers),
        TEST("a reply may name a client whose first request stands behind it",
             named_only_later),
        TEST("what is read is written in one form", read_and_written),
        TEST("a history of all kinds of lines is written as it was read",
             the_same_again),
        TEST("for all: what was written is read back the same",
             random_histories),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
