// Vector clocks: who knows what of whom.
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "interleave/runtime/clock.h"

// A clock that knows nothing, in memory that was used before.
static struct clock *used_memory(struct clock *clock)
{
    memset(clock, 0xee, sizeof *clock);
    clock->threads = 0;
    return clock;
}

static struct clock clock_of(uint32_t first, uint32_t second, uint32_t third)
{
    struct clock clock;

    used_memory(&clock);
    clock_set(&clock, 0, first);
    clock_set(&clock, 1, second);
    clock_set(&clock, 2, third);
    return clock;
}

static void assert_clock(const struct clock *clock, uint32_t first,
                         uint32_t second, uint32_t third)
{
    assert_int_equal(clock_get(clock, 0), first);
    assert_int_equal(clock_get(clock, 1), second);
    assert_int_equal(clock_get(clock, 2), third);
    for (int thread = 3; thread < THREADS_LIMIT; thread++)
        assert_int_equal(clock_get(clock, thread), 0);
}

static void knows_nothing(void **state)
{
    static const struct clock zeros;
    struct clock clock;

    (void)state;
    assert_clock(&zeros, 0, 0, 0);
    assert_clock(used_memory(&clock), 0, 0, 0);
}

static void set_leaves_no_rubbish(void **state)
{
    struct clock clock;

    (void)state;
    clock_set(used_memory(&clock), 2, 7);
    assert_clock(&clock, 0, 0, 7);
}

static void set_one_entry(void **state)
{
    struct clock clock = clock_of(1, 2, 3);

    (void)state;
    clock_set(&clock, 1, 9);
    assert_clock(&clock, 1, 9, 3);
    clock_set(&clock, 1, 4);
    assert_clock(&clock, 1, 4, 3);
}

static void last_thread(void **state)
{
    struct clock clock = clock_of(1, 2, 3), other;

    (void)state;
    clock_set(used_memory(&other), THREADS_LIMIT - 1, UINT32_MAX);
    clock_join(&clock, &other);
    assert_int_equal(clock_get(&clock, THREADS_LIMIT - 1), UINT32_MAX);
    assert_int_equal(clock_get(&clock, THREADS_LIMIT - 2), 0);
    assert_int_equal(clock_get(&clock, 2), 3);
}

static void copy_forgets(void **state)
{
    struct clock clock = clock_of(1, 2, 3), other;

    (void)state;
    clock_set(used_memory(&other), 1, 9);
    clock_copy(&clock, &other);
    assert_clock(&clock, 0, 9, 0);
    clock_copy(&clock, used_memory(&other));
    assert_clock(&clock, 0, 0, 0);
}

static void copy_is_of_its_own(void **state)
{
    struct clock clock, other = clock_of(1, 2, 3);

    (void)state;
    clock_copy(used_memory(&clock), &other);
    clock_set(&other, 0, 8);
    assert_clock(&clock, 1, 2, 3);
}

static void join_takes_the_latest(void **state)
{
    struct clock clock = clock_of(5, 1, 3), other = clock_of(2, 6, 3);

    (void)state;
    clock_join(&clock, &other);
    assert_clock(&clock, 5, 6, 3);
    assert_clock(&other, 2, 6, 3);
}

static void join_with_shorter(void **state)
{
    struct clock clock = clock_of(5, 1, 3), other;

    (void)state;
    clock_set(used_memory(&other), 0, 8);
    clock_join(&clock, &other);
    assert_clock(&clock, 8, 1, 3);
    clock_join(&clock, &clock);
    assert_clock(&clock, 8, 1, 3);
}

static void join_with_longer(void **state)
{
    struct clock clock, other = clock_of(0, 0, 3);

    (void)state;
    clock_set(used_memory(&clock), 0, 8);
    clock_join(&clock, &other);
    assert_clock(&clock, 8, 0, 3);
}

// ---- against what happens-before means: a path from event to event ----

enum { THREADS = 5, EVENTS = 60, ROUNDS = 200 };

struct event {
    int thread;
    uint32_t number; // of that thread's events, from 1 on
    struct clock clock;
};

static struct event event[EVENTS];
static bool leads_to[EVENTS][EVENTS];

// The last event of the thread before that one; -1: there is none.
static int last_of(int thread, int before)
{
    int i = before - 1;

    while (i >= 0 && event[i].thread != thread)
        i--;
    return i;
}

// One more event, which may come after an event of another thread, as a lock
// comes after the unlocking.
static void add_event(int number)
{
    struct event *it = &event[number];
    int after = number > 0 && rand() % 2 ? rand() % number : -1;

    it->thread = rand() % THREADS;
    int last = last_of(it->thread, number);
    it->number = last < 0 ? 1 : event[last].number + 1;
    used_memory(&it->clock);
    if (last >= 0)
        clock_copy(&it->clock, &event[last].clock);
    if (after >= 0)
        clock_join(&it->clock, &event[after].clock);
    clock_set(&it->clock, it->thread, it->number);
    if (last >= 0)
        leads_to[last][number] = true;
    if (after >= 0)
        leads_to[after][number] = true;
}

// All paths (Warshall 1962).
static void find_paths(void)
{
    for (int middle = 0; middle < EVENTS; middle++)
        for (int from = 0; from < EVENTS; from++)
            for (int to = 0; leads_to[from][middle] && to < EVENTS; to++)
                leads_to[from][to] |= leads_to[middle][to];
}

static void happens_before(void **state)
{
    (void)state;
    srand(1);
    for (int round = 0; round < ROUNDS; round++) {
        memset(leads_to, 0, sizeof leads_to);
        for (int i = 0; i < EVENTS; i++)
            add_event(i);
        find_paths();
        for (int from = 0; from < EVENTS; from++)
            for (int to = 0; to < EVENTS; to++)
                assert_int_equal(
                    clock_get(&event[to].clock, event[from].thread) >=
                        event[from].number,
                    from == to || leads_to[from][to]);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST("a new clock knows nothing of any thread", knows_nothing),
        TEST("what stood in the memory before is never known",
             set_leaves_no_rubbish),
        TEST("the last thread that there can be has an entry", last_thread),
        TEST("a copy forgets what was known before", copy_forgets),
        TEST("a copy stays as it is when the other clock goes on",
             copy_is_of_its_own),
        TEST("one entry is set, back too, and the others stay", set_one_entry),
        TEST("joined clocks know the latest of either; the other one stays",
             join_takes_the_latest),
        TEST("joined with one that knows less, or with itself: nothing is "
             "forgotten",
             join_with_shorter),
        TEST("joined with one that knows of more threads", join_with_longer),
        TEST("for all: a clock knows an event if and only if a path leads "
             "from it",
             happens_before),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
