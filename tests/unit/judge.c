// The judge: is a history linearizable, and if not, why?
#include "judging.h"

static const struct judged rows[] = {
    // ---- nobody can know ----

    {"two clients of one name at the same time: undecided", UNDECIDED,
     "two clients called alice at the same time",
     "alice 10 30 BOOK 7 -> OK 7\n"
     "alice 20 40 BOOK 8 -> OK 8\n"},

    // ---- wrong ----

    {"a seat that is sold to two, nobody cancelled", VIOLATED,
     "seat 7 sold to alice (t=0.000 to 0.200 ms) and to bob (t=0.100 to 0.300 "
     "ms), nobody cancelled",
     "alice 1200000 1400000 BOOK 7 -> OK 7\n"
     "bob   1300000 1500000 BOOK 7 -> OK 7\n"},
    {"a seat that is sold again before it is given back", VIOLATED,
     "seat 7 sold to alice (t=0.000 to 0.100 ms) and to bob (t=0.200 to 0.300 "
     "ms), and alice gave it up only later (t=0.400 to 0.500 ms)",
     "alice 0 100000 BOOK 7 -> OK 7\n"
     "bob   200000 300000 BOOK 7 -> OK 7\n"
     "alice 400000 500000 CANCEL 7 -> OK 7\n"},
    {"a seat that is moved to although it is sold", VIOLATED,
     "seat 7 sold to alice (t=0.000 to 0.100 ms) and to bob (MOVE 3 7, t=0.200 "
     "to 0.300 ms), nobody cancelled",
     ":held 3 bob\n"
     "alice 0 100000 BOOK 7 -> OK 7\n"
     "bob   200000 300000 MOVE 3 7 -> OK 7\n"},
    {"a holder who is told that the seat is not hers", VIOLATED,
     "alice's CANCEL 7 (t=0.200 to 0.300 ms) was answered 'ERR not yours', but "
     "the seat was sold to alice (t=0.000 to 0.100 ms)",
     "alice 0 100000 BOOK 7 -> OK 7\n"
     "alice 200000 300000 CANCEL 7 -> ERR not yours\n"},
    {"a seat that is given back by somebody who never held it", VIOLATED,
     "alice's CANCEL 7 (t=0.000 to 0.100 ms) was answered 'OK 7', but alice "
     "did not hold seat 7",
     "alice 0 100000 CANCEL 7 -> OK 7\n"},
    {"a held seat that is said to be free", VIOLATED,
     "bob's WHO 7 (t=0.200 to 0.300 ms) was answered 'OK free', but seat 7 was "
     "sold to alice (t=0.000 to 0.100 ms) and still held",
     "alice 0 100000 BOOK 7 -> OK 7\n"
     "bob   200000 300000 WHO 7 -> OK free\n"},
    {"a free seat that is said to be taken", VIOLATED,
     "bob's BOOK 7 (t=0.200 to 0.300 ms) was answered 'ERR taken alice', but "
     "alice did not hold seat 7 at any moment of it",
     "alice 0 100000 SOLD -> OK 0\n"
     "bob   200000 300000 BOOK 7 -> ERR taken alice\n"},
    {"a number of seats that cannot be", VIOLATED,
     "bob's SOLD (t=0.400 to 0.500 ms) was answered 'OK 1', but 2 seats were "
     "held then",
     "alice 0 100000 BOOK 7 -> OK 7\n"
     "bob   200000 300000 BOOK 8 -> OK 8\n"
     "bob   400000 500000 SOLD -> OK 1\n"},
    {"a map that shows a sold seat as free", VIOLATED,
     "bob's MAP (t=0.200 to 0.300 ms) was answered 'OK ....', but seat 2 was "
     "sold to alice (t=0.000 to 0.100 ms)",
     ":seats 4\n"
     "alice 0 100000 BOOK 2 -> OK 2\n"
     "bob   200000 300000 MAP -> OK ....\n"},
    {"a map that catches a move half-way: each seat alone is possible, both "
     "together are not",
     VIOLATED,
     "bob's MAP (t=0.100 to 0.300 ms) was answered 'OK ....', but the house "
     "never looked like that at one moment",
     ":seats 4\n"
     ":held 1 alice\n"
     "alice 0 400000 MOVE 1 2 -> OK 2\n"
     "bob   100000 300000 MAP -> OK ....\n"},
    {"SOLD that catches a move half-way", VIOLATED,
     "bob's SOLD (t=0.100 to 0.300 ms) was answered 'OK 0', but no order of "
     "the requests gives that number",
     ":held 1 alice\n"
     "alice 0 400000 MOVE 1 2 -> OK 2\n"
     "bob   100000 300000 SOLD -> OK 0\n"},
    {"two questions that saw two changes in opposite orders", VIOLATED, NULL,
     ":seats 2\n"
     "alice 0 100 BOOK 1 -> OK 1\n"
     "bob   0 100 BOOK 2 -> OK 2\n"
     "carol 10 20 MAP -> OK #.\n"
     "dave  10 20 MAP -> OK .#\n"},
    {"an answer to a CANCEL that is none: not that the seat, sold once more, "
     "is sold twice",
     VIOLATED,
     "alice's CANCEL 7 (t=0.002 to 0.003 ms) was answered 'certainly', which "
     "is no answer to that request",
     "alice 0 1000 BOOK 7 -> OK 7\n"
     "alice 2000 3000 CANCEL 7 -> certainly\n"
     "bob 4000 5000 BOOK 7 -> OK 7\n"},
    {"a reply that the protocol does not know", VIOLATED,
     "alice's BOOK 7 (t=0.000 to 0.100 ms) was answered 'ERR sold out', which "
     "is no answer to that request",
     "alice 0 100000 BOOK 7 -> ERR sold out\n"},
    {"a holder whose name is longer than a name can be", VIOLATED,
     "bob's WHO 7 (t=0.000 to 0.000 ms) was answered 'OK abcdefghijklmnop', "
     "which is no answer to that request",
     "abcdefghijklmno 10 20 BOOK 7 -> OK 7\n"
     "bob             30 40 WHO 7 -> OK abcdefghijklmnop\n"},
    {"a request without a reply cannot take effect before it was sent",
     VIOLATED, NULL,
     "bob   10 20 WHO 7 -> OK alice\n"
     "alice 30 - BOOK 7 ->\n"},
    {"what a request without a reply did cannot be undone", VIOLATED, NULL,
     "alice 10 - BOOK 7 ->\n"
     "bob   20 30 WHO 7 -> OK alice\n"
     "bob   40 50 WHO 7 -> OK free\n"},

    // ---- right ----

    {"an empty history is linearizable", LINEARIZABLE, "", ""},
    {"requests one after the other, answered as the protocol says",
     LINEARIZABLE, "",
     ":seats 4\n"
     ":held 4 zoe\n"
     "alice 10 20 BOOK 1 -> OK 1\n"
     "bob   30 40 BOOK 1 -> ERR taken alice\n"
     "bob   50 60 MOVE 4 2 -> ERR not yours\n"
     "alice 70 80 MOVE 1 2 -> OK 2\n"
     "bob   90 95 SOLD -> OK 2\n"
     "bob  100 110 MAP -> OK .#.#\n"
     "bob  120 130 WHO 2 -> OK alice\n"
     "alice 140 150 CANCEL 2 -> OK 2\n"
     "bob  160 170 WHO 2 -> OK free\n"},
    {"two requests at the same time may take effect in either order",
     LINEARIZABLE, "",
     "alice 10 30 BOOK 7 -> OK 7\n"
     "bob   20 40 BOOK 7 -> ERR taken alice\n"
     "carol 15 35 WHO 7 -> OK free\n"},
    {"a request without a reply may have taken effect", LINEARIZABLE, "",
     "alice 10 - BOOK 7 ->\n"
     "bob   20 30 WHO 7 -> OK free\n"
     "bob   40 50 WHO 7 -> OK alice\n"
     "bob   60 70 SOLD -> OK 1\n"},
    {"a request without a reply may not have taken effect", LINEARIZABLE, "",
     "alice 10 - BOOK 7 ->\n"
     "bob   20 30 BOOK 7 -> OK 7\n"},
    // What happened before a quiet moment may have gone in more than one way,
    // if
    // it is not known what became of a request.
    {"a CANCEL without a reply that explains one reply, and another one only "
     "if it came later",
     LINEARIZABLE, "",
     ":seats 3\n"
     "b 0 8 MAP -> OK ...\n"
     "c 4 17 BOOK 3 -> OK 3\n"
     "d 6 14 SOLD -> OK 1\n"
     "a 10 23 MAP -> OK ..#\n"
     "b 12 15 BOOK 1 -> OK 1\n"
     "b 16 - CANCEL 1 ->\n"
     "c 18 25 WHO 2 -> OK free\n"
     "c 26 29 SOLD -> OK 2\n"},
};

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows)];

    judging_tests(tests, rows, COUNT_OF(rows));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
