// Time: a clock that only the program itself moves. Nothing really waits.
#include <sched.h>
#include <sys/time.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

#include "baton.h"
#include "run.h"
#include "timing.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

enum { BEGINNING = 1700000000 }; // seconds since the Epoch; any will do

static int64_t elapsed; // nanoseconds

void timing_pass(int64_t nanoseconds)
{
    elapsed += nanoseconds;
}

// In reality anything may happen while a thread sleeps, and nothing need: a
// sleep orders nothing. The others come first, mostly.
static void pass(int64_t nanoseconds, enum deed deed, uint64_t pc)
{
    if (run_is_over)
        return;
    baton_point(
        (struct op){.deed = deed, .pc = pc, .lazy = deed == DEED_SLEEP});
    elapsed += nanoseconds;
}

unsigned interleave_sleep(unsigned seconds)
{
    pass(seconds * INT64_C(1000000000), DEED_SLEEP, CALLER);
    return 0;
}

int interleave_usleep(useconds_t microseconds)
{
    pass(microseconds * INT64_C(1000), DEED_SLEEP, CALLER);
    return 0;
}

static int64_t nanoseconds_of(const struct timespec *time)
{
    return time->tv_sec * INT64_C(1000000000) + time->tv_nsec;
}

int interleave_nanosleep(const struct timespec *time, struct timespec *rest)
{
    (void)rest;
    pass(nanoseconds_of(time), DEED_SLEEP, CALLER);
    return 0;
}

int interleave_sched_yield(void)
{
    pass(0, DEED_YIELD, CALLER);
    return 0;
}

int interleave_clock_gettime(clockid_t clock, struct timespec *time)
{
    (void)clock;
    time->tv_sec = BEGINNING + elapsed / 1000000000;
    time->tv_nsec = elapsed % 1000000000;
    return 0;
}

time_t interleave_time(time_t *where)
{
    time_t now = BEGINNING + elapsed / 1000000000;

    if (where != NULL)
        *where = now;
    return now;
}

int interleave_gettimeofday(struct timeval *time, void *zone)
{
    (void)zone;
    time->tv_sec = BEGINNING + elapsed / 1000000000;
    time->tv_usec = elapsed % 1000000000 / 1000;
    return 0;
}
