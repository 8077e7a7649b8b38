// The judge of events, and of clients that go on after a request without a
// reply.
#include "judging.h"

static const struct judged rows[] = {
    // ---- each mistake ----

    {"a line that is neither an event nor a reply", VIOLATED,
     "eve got the line 'EVENT SOLOK 3' (t=0.500 ms), which is no event and no "
     "reply",
     "eve 0 1000000 WATCH -> OK watching\n"
     "alice 1000000 2000000 BOOK 7 -> OK 7\n"
     "eve 1500000 - LINE EVENT SOLOK 3\n"},
    {"an event with more behind it is no event", VIOLATED,
     "eve got the line 'EVENT SOLD 7 alice 8' (t=0.500 ms), which is no event "
     "and no reply",
     "eve 0 1000000 WATCH -> OK watching\n"
     "alice 1000000 2000000 BOOK 7 -> OK 7\n"
     "eve 1500000 - EVENT SOLD 7 alice 8\n"},
    {"a line for somebody who did not say WATCH", VIOLATED,
     "bob got the line 'EVENT SOLD 7 alice' (t=0.500 ms), but did not say "
     "WATCH",
     "alice 0 1000000 BOOK 7 -> OK 7\n"
     "bob 500000 - LINE EVENT SOLD 7 alice\n"},
    {"an event for somebody who did not say WATCH", VIOLATED,
     "bob heard 'EVENT SOLD 7 alice' (t=0.500 ms) before WATCH was answered",
     "alice 0 1000000 BOOK 7 -> OK 7\n"
     "bob 500000 - EVENT SOLD 7 alice\n"},
    {"an event before WATCH was answered", VIOLATED,
     "eve heard 'EVENT SOLD 7 alice' (t=0.500 ms) before WATCH was answered",
     "alice 0 1000000 BOOK 7 -> OK 7\n"
     "eve 0 600000 WATCH -> OK watching\n"
     "eve 500000 - EVENT SOLD 7 alice\n"},
    {"an event of a seat that was never sold", VIOLATED,
     "eve heard 'EVENT SOLD 7 bob' (t=1.000 ms), but bob never got seat 7",
     "eve 0 10 WATCH -> OK watching\n"
     "bob 20 30 WHO 7 -> OK free\n"
     "eve 1000020 - EVENT SOLD 7 bob\n"},
    {"an event of a seat that was never given up", VIOLATED,
     "eve heard 'EVENT FREE 7 bob' (t=1.000 ms), but bob never gave seat 7 up",
     "eve 0 10 WATCH -> OK watching\n"
     "bob 20 30 BOOK 7 -> OK 7\n"
     "eve 40 - EVENT SOLD 7 bob\n"
     "eve 1000020 - EVENT FREE 7 bob\n"},
    {"a second event of the same", VIOLATED,
     "eve heard 'EVENT SOLD 7 bob' (t=2.000 ms), and the same before (t=1.000 "
     "ms), but it happened only once: bob's BOOK 7 (t=0.000 to 1.000 ms)",
     "eve 0 10 WATCH -> OK watching\n"
     "bob 0 1000000 BOOK 7 -> OK 7\n"
     "eve 1000000 - EVENT SOLD 7 bob\n"
     "eve 2000000 - EVENT SOLD 7 bob\n"},
    {"an event of what had its reply before WATCH", VIOLATED,
     "eve heard 'EVENT SOLD 7 bob' (t=4.000 ms), but bob's BOOK 7 (t=0.000 to "
     "1.000 ms) was over before eve said WATCH (t=2.000 ms)",
     "bob 0 1000000 BOOK 7 -> OK 7\n"
     "eve 2000000 3000000 WATCH -> OK watching\n"
     "eve 4000000 - EVENT SOLD 7 bob\n"},
    {"an event of what comes only later", VIOLATED,
     "eve heard 'EVENT SOLD 7 bob' (t=1.000 ms), but that happened only later: "
     "bob's BOOK 7 (t=2.000 to 3.000 ms)",
     "eve 0 10 WATCH -> OK watching\n"
     "bob 0 10 WHO 7 -> OK free\n"
     "eve 1000000 - EVENT SOLD 7 bob\n"
     "bob 2000000 3000000 BOOK 7 -> OK 7\n"},
    {"an event that comes before somebody still saw the seat free", VIOLATED,
     "eve heard 'EVENT SOLD 7 bob' (t=1.000 ms), but that happened only later: "
     "bob's BOOK 7 (t=0.000 to 3.000 ms)",
     "eve 0 10 WATCH -> OK watching\n"
     "bob 0 3000000 BOOK 7 -> OK 7\n"
     "eve 1000000 - EVENT SOLD 7 bob\n"
     "alice 2000000 2500000 WHO 7 -> OK free\n"},
    {"an event that is missing when a request has its reply", VIOLATED,
     "eve did not hear 'EVENT SOLD 7 bob', but bob's BOOK 7 (t=0.000 to 1.000 "
     "ms) had its reply before eve's SOLD (t=2.000 to 3.000 ms)",
     "eve 0 10 WATCH -> OK watching\n"
     "bob 1000000 2000000 BOOK 7 -> OK 7\n"
     "eve 3000000 4000000 SOLD -> OK 1\n"},
    {"an event that comes behind a reply that it belongs before", VIOLATED,
     "eve heard 'EVENT SOLD 7 bob' (t=4.000 ms) too late: bob's BOOK 7 "
     "(t=0.000 to 1.000 ms) had its reply before eve's SOLD (t=2.000 to 3.000 "
     "ms), whose reply came first",
     "eve 0 10 WATCH -> OK watching\n"
     "bob 1000000 2000000 BOOK 7 -> OK 7\n"
     "eve 3000000 4000000 SOLD -> OK 1\n"
     "eve 5000000 - EVENT SOLD 7 bob\n"},
    {"an event that is missing before another one of its seat", VIOLATED,
     "eve heard 'EVENT SOLD 7 carol' (t=5.000 ms), but not 'EVENT FREE 7 bob' "
     "before it: bob's CANCEL 7 (t=2.000 to 3.000 ms)",
     "eve 0 10 WATCH -> OK watching\n"
     "bob 1000000 2000000 BOOK 7 -> OK 7\n"
     "bob 3000000 4000000 CANCEL 7 -> OK 7\n"
     "carol 5000000 6000000 BOOK 7 -> OK 7\n"
     "eve 2000000 - EVENT SOLD 7 bob\n"
     "eve 6000000 - EVENT SOLD 7 carol\n"},
    {"a MOVE of which only one half is heard", VIOLATED,
     "eve did not hear 'EVENT SOLD 8 bob', but bob's MOVE 7 8 (t=0.000 to "
     "1.000 ms) had its reply before eve's SOLD (t=2.000 to 3.000 ms)",
     ":held 7 bob\n"
     "eve 0 10 WATCH -> OK watching\n"
     "bob 1000000 2000000 MOVE 7 8 -> OK 8\n"
     "eve 2000000 - EVENT FREE 7 bob\n"
     "eve 3000000 4000000 SOLD -> OK 1\n"},
    {"two events of a seat in the wrong order", VIOLATED,
     "eve heard 'EVENT SOLD 7 bob' (t=1.000 ms) before 'EVENT FREE 7 alice' "
     "(t=1.500 ms), but alice's CANCEL 7 (t=0.000 to 1.000 ms) came first",
     ":held 7 alice\n"
     "eve 0 10 WATCH -> OK watching\n"
     "alice 1000000 2000000 CANCEL 7 -> OK 7\n"
     "bob 1000000 2000000 BOOK 7 -> OK 7\n"
     "eve 2000000 - EVENT SOLD 7 bob\n"
     "eve 2500000 - EVENT FREE 7 alice\n"},
    {"two watchers who hear contradictory orders, when no reply says which is "
     "right",
     VIOLATED, NULL,
     "eve 0 10 WATCH -> OK watching\n"
     "fay 0 10 WATCH -> OK watching\n"
     "alice 20 - BOOK 7 ->\n"
     "bob   20 - BOOK 7 ->\n"
     "eve 30 - EVENT SOLD 7 alice\n"
     "fay 30 - EVENT SOLD 7 bob\n"},
    // bob cannot free what he does not hold.
    {"an event too early, when a CANCEL that could not be carried out has no "
     "reply",
     VIOLATED,
     "eve heard 'EVENT SOLD 7 alice' (t=1.000 ms), but that happened only "
     "later: alice's BOOK 7 (t=0.000 to 3.000 ms)",
     "alice 0 3000000 BOOK 7 -> OK 7\n"
     "eve 0 10 WATCH -> OK watching\n"
     "eve 1000000 - EVENT SOLD 7 alice\n"
     "carol 2000000 2500000 SOLD -> OK 0\n"
     "bob 4000000 - CANCEL 7 ->\n"},
    // carol could have booked it, but only once it was free.
    {"an event too early, when a BOOK that could be carried out later has no "
     "reply",
     VIOLATED, "no order of the changes of seat 7 explains all events",
     "alice 0 3000000 BOOK 7 -> OK 7\n"
     "carol 0 - BOOK 7 ->\n"
     "eve 0 10 WATCH -> OK watching\n"
     "eve 1000000 - EVENT SOLD 7 alice\n"
     "bob 2000000 2500000 WHO 7 -> OK free\n"},
    // ---- what is right ----

    {"everything that happens after OK watching is heard, in the order of each "
     "seat",
     LINEARIZABLE, "",
     ":held 3 zoe\n"
     "eve 0 10 WATCH -> OK watching\n"
     "alice 20 30 BOOK 7 -> OK 7\n"
     "alice 40 50 MOVE 7 8 -> OK 8\n"
     "zoe 40 50 CANCEL 3 -> OK 3\n"
     "eve 25 - EVENT SOLD 7 alice\n"
     "eve 51 - EVENT SOLD 8 alice\n"
     "eve 52 - EVENT FREE 3 zoe\n"
     "eve 53 - EVENT FREE 7 alice\n"
     "eve 60 70 SOLD -> OK 1\n"},
    {"what happens while WATCH is on its way may be heard, or not",
     LINEARIZABLE, "",
     "eve 0 100 WATCH -> OK watching\n"
     "fay 0 100 WATCH -> OK watching\n"
     "alice 10 20 BOOK 7 -> OK 7\n"
     "eve 110 - EVENT SOLD 7 alice\n"},
    {"what goes on while WATCH is on its way may be heard, or not",
     LINEARIZABLE, "",
     "eve 50 100 WATCH -> OK watching\n"
     "fay 50 100 WATCH -> OK watching\n"
     "alice 0 200 BOOK 7 -> OK 7\n"
     "fay 110 - EVENT SOLD 7 alice\n"
     "eve 210 220 WHO 7 -> OK alice\n"},
    {"an event may come before the reply, and long after it if nothing was "
     "asked",
     LINEARIZABLE, "",
     "eve 0 10 WATCH -> OK watching\n"
     "alice 20 50 BOOK 7 -> OK 7\n"
     "bob   60 70 BOOK 8 -> OK 8\n"
     "eve 25 - EVENT SOLD 7 alice\n"
     "eve 900 - EVENT SOLD 8 bob\n"},
    {"what has no reply yet when somebody asks need not have been heard",
     LINEARIZABLE, "",
     "eve 0 10 WATCH -> OK watching\n"
     "alice 20 50 BOOK 7 -> OK 7\n"
     "eve 40 60 WHO 7 -> OK alice\n"
     "eve 70 - EVENT SOLD 7 alice\n"},
    {"who has left, or was too slow, hears no more", LINEARIZABLE, "",
     "eve 0 10 WATCH -> OK watching\n"
     "alice 20 30 BOOK 7 -> OK 7\n"
     "bob   40 50 BOOK 8 -> OK 8\n"
     "eve 35 - EVENT SOLD 7 alice\n"},
    {"a request without a reply may be heard of, or later", LINEARIZABLE, "",
     "eve 0 10 WATCH -> OK watching\n"
     "fay 0 10 WATCH -> OK watching\n"
     "alice 20 - BOOK 7 ->\n"
     "eve 900 - EVENT SOLD 7 alice\n"
     "fay 30 40 WHO 7 -> OK free\n"},
    {"a request without a reply may never be heard of", LINEARIZABLE, "",
     "eve 0 10 WATCH -> OK watching\n"
     "alice 20 - BOOK 7 ->\n"
     "eve 900 910 WHO 7 -> OK free\n"},
    {"whoever watches may book, and hears of it", LINEARIZABLE, "",
     "eve 0 10 WATCH -> OK watching\n"
     "eve 20 30 BOOK 7 -> OK 7\n"
     "eve 25 - EVENT SOLD 7 eve\n"
     "eve 40 50 SOLD -> OK 1\n"},
    // ---- clients that go on after a request without a reply ----

    {"a CANCEL that was broken off may be carried out later than those after "
     "it",
     LINEARIZABLE, "",
     "alice 0 10 BOOK 7 -> OK 7\n"
     "alice 20 - CANCEL 7 ->\n"
     "alice 30 40 BOOK 7 -> ERR taken alice\n"
     "bob   50 60 BOOK 7 -> ERR taken alice\n"
     "bob   70 80 BOOK 7 -> OK 7\n"
     "alice 90 95 CANCEL 7 -> ERR not yours\n"},
    {"a BOOK that was broken off may be carried out later than those after it",
     LINEARIZABLE, "",
     "alice 0 - BOOK 7 ->\n"
     "alice 10 20 BOOK 7 -> OK 7\n"
     "alice 30 40 CANCEL 7 -> OK 7\n"
     "bob   50 60 WHO 7 -> OK alice\n"
     "bob   70 80 SOLD -> OK 1\n"},
    {"a request that was broken off is carried out only once", VIOLATED,
     "bob's WHO 7 (t=50.000 to 60.000 ms) was answered 'OK alice', but no "
     "order of the requests about seat 7 explains that",
     "alice 0 - BOOK 7 ->\n"
     "alice 10 20 BOOK 7 -> ERR taken alice\n"
     "alice 30 40 CANCEL 7 -> OK 7\n"
     "bob   50000000 60000000 WHO 7 -> OK alice\n"},
    {"a request that was broken off is not carried out before it was sent",
     VIOLATED, NULL,
     "alice 0 5 WHO 7 -> OK alice\n"
     "alice 10 - BOOK 7 ->\n"
     "alice 20 30 WHO 7 -> OK alice\n"},
    // bob saw seat 2 free, so it was before carol's reply that he saw seat 3
    // held; then alice still held it when she was told "not yours".
    {"a request that fits to each reply, but not to all of them, is in doubt",
     UNDECIDED,
     "in doubt: alice's CANCEL 3 (t=0.000 to 0.000 ms) was answered 'ERR not "
     "yours'",
     ":seats 3\n"
     ":held 1 alice\n"
     "dave  0 11 MAP -> OK #..\n"
     "alice 1 - BOOK 3 ->\n"
     "carol 2 8 BOOK 2 -> OK 2\n"
     "bob   3 13 MAP -> OK #.#\n"
     "alice 9 14 CANCEL 3 -> ERR not yours\n"
     "alice 15 20 CANCEL 3 -> OK 3\n"},
    {"a MOVE that was broken off may be carried out later", LINEARIZABLE, "",
     ":held 1 alice\n"
     "alice 0 - MOVE 1 2 ->\n"
     "alice 10 20 WHO 1 -> OK alice\n"
     "alice 30 40 WHO 1 -> OK free\n"
     "alice 50 60 CANCEL 2 -> OK 2\n"},
    {"a MOVE that was broken off concerns both seats, or none", NOT_RIGHT, NULL,
     ":held 1 alice\n"
     "alice 0 - MOVE 1 2 ->\n"
     "bob   10 20 WHO 1 -> OK free\n"
     "alice 30 40 WHO 2 -> OK free\n"},
    {"what was heard tells that a request that was broken off was carried out",
     LINEARIZABLE, "",
     "eve 0 10 WATCH -> OK watching\n"
     "alice 20 - BOOK 7 ->\n"
     "alice 30 40 BOOK 7 -> ERR taken alice\n"
     "alice 50 - CANCEL 7 ->\n"
     "alice 60 - BOOK 7 ->\n"
     "alice 70 80 WHO 7 -> OK alice\n"
     "eve 35 - EVENT SOLD 7 alice\n"
     "eve 75 - EVENT FREE 7 alice\n"
     "eve 85 - EVENT SOLD 7 alice\n"
     "eve 90 99 SOLD -> OK 1\n"},
    {"what was heard tells of a request more than the replies allow", VIOLATED,
     NULL,
     "eve 0 10 WATCH -> OK watching\n"
     "alice 20 - BOOK 7 ->\n"
     "alice 30 40 BOOK 7 -> ERR taken alice\n"
     "eve 35 - EVENT SOLD 7 alice\n"
     "eve 75 - EVENT FREE 7 alice\n"},
};

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows)];

    judging_tests(tests, rows, COUNT_OF(rows));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
