// What is said of the replies that interleave's clients got: never that a
// server is wrong which is right.
#include "unit.h"

#include "interleave/verdict.h"

enum { EXCHANGES = 4 };

struct row {
    const char *name;
    enum verdict_result result;
    struct exchange exchange[EXCHANGES];
    const char *story; // NULL: any
};

static const char *const results[] = {
    [VERDICT_RIGHT] = "right",
    [VERDICT_WRONG] = "wrong",
    [VERDICT_IN_DOUBT] = "in doubt",
};

static void judge_row(void **state)
{
    const struct row *row = *state;
    char story[400];
    int count = 0;

    while (count < EXCHANGES && row->exchange[count].client != NULL)
        count++;
    assert_string_equal(
        results[verdict_of(row->exchange, count, story, sizeof story)],
        results[row->result]);
    if (row->story != NULL)
        assert_string_equal(story, row->story);
}

static const struct row rows[] = {
    // ---- what says nothing of the seats ----
    {"a word too many gets an error",
     VERDICT_RIGHT,
     {{"bob", "SOLD now", "ERR usage: SOLD", 1, 2, false},
      {"bob", "BOOK 7 8", "ERR usage: BOOK seat", 3, 4, false},
      {"bob", "MAP 1", "ERR usage: MAP", 5, 6, false}},
     NULL},
    {"what is not a number is no seat, also when the house is known",
     VERDICT_RIGHT,
     {{"bob", "BOOK 7x", "ERR no such seat", 1, 2, false},
      {"bob", "MOVE 1 -2", "ERR no such seat", 3, 4, false},
      {"bob", "WHO 0007", "ERR no such seat", 5, 6, false},
      {"bob", "MAP", "OK ........", 7, 8, false}},
     NULL},
    {"a seat that the house does not have, as MAP shows it",
     VERDICT_RIGHT,
     {{"bob", "BOOK 9", "ERR no such seat", 1, 2, false},
      {"bob", "MAP", "OK ........", 3, 4, false}},
     NULL},
    {"a seat of which it is not known whether the house has it",
     VERDICT_RIGHT,
     {{"bob", "BOOK 9", "ERR no such seat", 1, 2, false}},
     NULL},
    {"a booking without a name",
     VERDICT_RIGHT,
     {{"C1", "BOOK 7", "ERR say HELLO first", 1, 2, false},
      {"C1", "WHO 7", "OK free", 3, 4, false}},
     NULL},
    {"a server that is busy",
     VERDICT_RIGHT,
     {{"bob", "BOOK 7", "ERR busy", 1, 2, false},
      {"bob", "WHO 7", "OK free", 3, 4, false}},
     NULL},
    {"a server that closes may have carried the request out",
     VERDICT_RIGHT,
     {{"alice", "BOOK 7", "ERR closing", 1, 2, false},
      {"bob", "WHO 7", "OK alice", 3, 4, false}},
     NULL},
    {"a server that closes may not have carried it out",
     VERDICT_RIGHT,
     {{"alice", "BOOK 7", "ERR closing", 1, 2, false},
      {"bob", "SOLD", "OK 0", 3, 4, false}},
     NULL},
    {"a watcher that is too slow gets no reply to its question",
     VERDICT_RIGHT,
     {{"eve", "WATCH", "OK watching", 1, 2, false},
      {"eve", "SOLD", "ERR too slow", 3, 4, false}},
     NULL},

    // ---- what does ----
    {"a seat that the house has, as MAP shows it",
     VERDICT_WRONG,
     {{"bob", "BOOK 8", "ERR no such seat", 1, 2, false},
      {"bob", "MAP", "OK ........", 3, 4, false}},
     "bob's BOOK 8 was answered 'ERR no such seat', which is no answer to that "
     "request"},
    {"a seat that is sold twice",
     VERDICT_WRONG,
     {{"alice", "BOOK 7", "OK 7", 1, 3, false},
      {"bob", "BOOK 7", "OK 7", 2, 4, false}},
     "seat 7 sold to alice and to bob, nobody cancelled"},
    {"a holder who is named before its own request is seen",
     VERDICT_RIGHT,
     {{"bob", "BOOK 7", "ERR taken alice", 1, 4, false},
      {"alice", "BOOK 7", "OK 7", 2, 3, false}},
     NULL},
    {"a request without a reply may have been carried out",
     VERDICT_RIGHT,
     {{"alice", "BOOK 7", NULL, 1, 3, false},
      {"bob", "WHO 7", "OK alice", 4, 5, false}},
     NULL},
    {"an error for a question that is right",
     VERDICT_WRONG,
     {{"bob", "SOLD", "ERR usage: SOLD", 1, 2, false}},
     "bob's SOLD was answered 'ERR usage: SOLD', which is no answer to that "
     "request"},
    {"an event that was asked for, and happened",
     VERDICT_RIGHT,
     {{"eve", "WATCH", "OK watching", 1, 2, false},
      {"bob", "BOOK 7", "OK 7", 3, 4, false},
      {"eve", "EVENT SOLD 7 bob", NULL, 5, 0, true}},
     NULL},
    {"an event for a client that did not say WATCH",
     VERDICT_WRONG,
     {{"bob", "BOOK 7", "OK 7", 3, 4, false},
      {"eve", "EVENT SOLD 7 bob", NULL, 5, 0, true}},
     "eve got the line 'EVENT SOLD 7 bob', but did not say WATCH"},
    {"two clients of one name at the same time",
     VERDICT_IN_DOUBT,
     {{"bob", "BOOK 7", "OK 7", 1, 3, false},
      {"bob", "BOOK 8", "OK 8", 2, 4, false}},
     "two clients called bob at the same time"},
    {"nothing was asked", VERDICT_RIGHT, {{0}}, NULL},
};

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows)];

    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[i] =
            (struct CMUnitTest)TEST_OF(rows[i].name, judge_row, &rows[i]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
