// Whether a run fails in the way in which another one has failed: what is
// shrunk must not become another failure on the way.
#include "unit.h"

#include <string.h>

#include "interleave/failure.h"

enum { HERE = 1000, THERE = 2000, ELSEWHERE = 3000 };

static struct shared shared;

// How a run ended; a deadlock: who was stuck, and where.
struct run {
    struct outcome outcome;
    struct fate fate[4];
    uint32_t threads;
};

struct row {
    const char *name;
    struct run then, now;
    bool same;
};

static void end(const struct run *run)
{
    shared.outcome = run->outcome;
    shared.threads = run->threads;
    memcpy(shared.fate, run->fate, sizeof run->fate);
}

static bool is_same(const struct run *then, const struct run *now)
{
    struct failure failure;

    end(then);
    failure_note(&failure, &shared);
    end(now);
    return failure_is_same(&failure, &shared);
}

static void both_ways(void **state)
{
    const struct row *row = *state;

    assert_int_equal(is_same(&row->then, &row->now), row->same);
    assert_int_equal(is_same(&row->now, &row->then), row->same);
    assert_true(is_same(&row->then, &row->then));
}

#define AT(kind, place, ...)                                              \
    {                                                                     \
        .outcome = {.finding = FINDING_##kind, .pc = place, __VA_ARGS__ } \
    }

#define RACE(one, other)                                                   \
    {                                                                      \
        .outcome = {                                                       \
            .finding = FINDING_RACE, .first.pc = one, .second.pc = other}, \
    }

#define STUCK(...)                                                        \
    {                                                                     \
        .outcome = {.finding = FINDING_DEADLOCK}, .threads = 4, .fate = { \
            {.deed = DEED_JOIN, .pc = ELSEWHERE},                         \
            __VA_ARGS__                                                   \
        }                                                                 \
    }

#define WAITS(place)                     \
    {                                    \
        .deed = DEED_LOCK, .pc = (place) \
    }

#define FINISHED                         \
    {                                    \
        .finished = true, .pc = HERE + 1 \
    }

static const struct row rows[] = {
    {"an assertion, and none", AT(ASSERT, HERE), AT(NONE, 0), false},
    {"an assertion, and a deadlock", AT(ASSERT, HERE),
     STUCK(WAITS(HERE), WAITS(THERE), FINISHED), false},
    {"a race, and the assertion that comes of it", RACE(HERE, THERE),
     AT(ASSERT, HERE), false},
    {"the same assertion, in another thread", AT(ASSERT, HERE, .thread = 1),
     AT(ASSERT, HERE, .thread = 2), true},
    {"two assertions", AT(ASSERT, HERE), AT(ASSERT, THERE), false},
    {"misuse in two places", AT(MISUSE, HERE), AT(MISUSE, THERE), false},
    {"a race, whoever comes first", RACE(HERE, THERE), RACE(THERE, HERE), true},
    {"two races at one place", RACE(HERE, THERE), RACE(HERE, ELSEWHERE), false},
    {"a race of a place with itself, and another one", RACE(HERE, HERE),
     RACE(HERE, THERE), false},
    {"a crash, with other numbers",
     AT(CRASH, HERE, .text = "segmentation fault at address 0x10"),
     AT(CRASH, HERE, .text = "segmentation fault at address 0x20"), true},
    {"two crashes in one line",
     AT(CRASH, HERE, .text = "use after free: it reads what T1 has freed"),
     AT(CRASH, HERE, .text = "double free: T1 had freed it"), false},
    {"one crash in two places", AT(CRASH, HERE, .text = "abort"),
     AT(CRASH, THERE, .text = "abort"), false},
    {"two exit statuses", AT(EXIT, 0, .status = 1), AT(EXIT, 0, .status = 2),
     false},
    {"a deadlock, of other threads", STUCK(WAITS(HERE), WAITS(THERE), FINISHED),
     STUCK(FINISHED, WAITS(THERE), WAITS(HERE)), true},
    {"deadlocks in two places", STUCK(WAITS(HERE), WAITS(THERE), FINISHED),
     STUCK(WAITS(HERE), WAITS(HERE), FINISHED), false},
    {"a deadlock of two, and of three",
     STUCK(WAITS(HERE), WAITS(THERE), FINISHED),
     STUCK(WAITS(HERE), WAITS(THERE), WAITS(THERE)), false},
    {"loops without an end, wherever", AT(LIVELOCK, HERE), AT(LIVELOCK, THERE),
     true},
};

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows)];

    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[i] =
            (struct CMUnitTest)TEST_OF(rows[i].name, both_ways, &rows[i]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
