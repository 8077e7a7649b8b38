// Time: a clock that only the program itself moves. Nothing really waits.
#include "timing.h"

#include <errno.h>
#include <sched.h>
#include <sys/time.h>
#include <sys/times.h>
#include <threads.h>
#include <unistd.h>

#include "baton.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

enum {
    BEGINNING = 1700000000, // seconds since the Epoch; any will do
    LOOK = 10000,           // nanoseconds: to look at the clock takes time, so
                            // that a loop that waits for it comes to an end
};

static const int64_t SECOND = 1000000000;

static int64_t elapsed; // nanoseconds

int64_t timing_now(void)
{
    return elapsed;
}

void timing_reach(int64_t deadline)
{
    if (deadline > elapsed)
        elapsed = deadline;
}

static int64_t nanoseconds_of(const struct timespec *time)
{
    if (time->tv_sec > INT64_MAX / SECOND / 4)
        return INT64_MAX / 4; // for ever
    return time->tv_sec * SECOND + time->tv_nsec;
}

int64_t timing_after(const struct timespec *time)
{
    return elapsed + nanoseconds_of(time) + 1;
}

int64_t timing_at(const struct timespec *until)
{
    int64_t deadline = nanoseconds_of(until) - BEGINNING * SECOND;

    return deadline > 0 ? deadline : 1;
}

bool timing_is_valid(const struct timespec *time)
{
    return time->tv_nsec >= 0 && time->tv_nsec < SECOND;
}

bool timing_limits_by(clockid_t clock)
{
    return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC;
}

// ---- sleeping ----

// In reality anything may happen while a thread sleeps, and nothing need: a
// sleep orders nothing. Returns how much is left if a signal ends it.
static int64_t pass(int64_t nanoseconds, uint64_t pc)
{
    int64_t until = elapsed + nanoseconds;

    baton_point((struct op){.deed = DEED_SLEEP,
                            .pc = pc,
                            .lazy = true,
                            .deadline = until + 1,
                            .cancels = true,
                            .interruptible = INTERRUPT_ALWAYS});
    return thread_self->interrupted && until > elapsed ? until - elapsed : 0;
}

unsigned interleave_sleep(unsigned seconds)
{
    return run_is_over ? sleep(seconds)
                       : (unsigned)(pass(seconds * SECOND, CALLER) / SECOND);
}

static int fail(int error)
{
    errno = error;
    return -1;
}

int interleave_usleep(useconds_t microseconds)
{
    if (run_is_over)
        return usleep(microseconds);
    return pass(microseconds * INT64_C(1000), CALLER) > 0 ? fail(EINTR) : 0;
}

static int sleep_for(const struct timespec *time, struct timespec *rest,
                     uint64_t pc)
{
    int64_t left = pass(nanoseconds_of(time), pc);

    if (left > 0 && rest != NULL)
        *rest = (struct timespec){left / SECOND, left % SECOND};
    return left > 0 ? EINTR : 0;
}

// Returns 0 or the error number for a time to sleep.
static int check_time(const struct timespec *time)
{
    if (time == NULL)
        return EFAULT;
    return time->tv_sec >= 0 && timing_is_valid(time) ? 0 : EINVAL;
}

// The kernel knows which clocks there are. Returns 0 or an error number.
static int check_clock(clockid_t clock)
{
    int error = errno;
    int unknown = clock_getres(clock, NULL) != 0 ? errno : 0;

    errno = error;
    return unknown;
}

int interleave_nanosleep(const struct timespec *time, struct timespec *rest)
{
    if (run_is_over)
        return nanosleep(time, rest);
    int error = check_time(time);
    if (error == 0)
        error = sleep_for(time, rest, CALLER);
    return error != 0 ? fail(error) : 0;
}

int interleave_thrd_sleep(const struct timespec *time, struct timespec *rest)
{
    if (run_is_over)
        return thrd_sleep(time, rest);
    if (check_time(time) != 0)
        return -2;
    return sleep_for(time, rest, CALLER) != 0 ? -1 : 0;
}

int interleave_clock_nanosleep(clockid_t clock, int flags,
                               const struct timespec *time,
                               struct timespec *rest)
{
    if (run_is_over)
        return clock_nanosleep(clock, flags, time, rest);
    int error = check_clock(clock);
    if (error == 0 && clock == CLOCK_THREAD_CPUTIME_ID)
        error = EINVAL;
    if (error == 0)
        error = check_time(time);
    if (error != 0)
        return error;
    if (!(flags & TIMER_ABSTIME))
        return sleep_for(time, rest, CALLER);
    int64_t left = timing_at(time) - elapsed;
    return pass(left > 0 ? left : 0, CALLER) > 0 ? EINTR : 0;
}

static int yield(uint64_t pc)
{
    if (run_is_over)
        return sched_yield();
    baton_point((struct op){.deed = DEED_YIELD, .pc = pc});
    return 0;
}

int interleave_sched_yield(void)
{
    return yield(CALLER);
}

int interleave_pthread_yield(void)
{
    return yield(CALLER);
}

void interleave_thrd_yield(void)
{
    yield(CALLER);
}

// ---- looking at the clock ----

static int64_t look(void)
{
    return elapsed += LOOK;
}

int interleave_clock_gettime(clockid_t clock, struct timespec *time)
{
    if (run_is_over)
        return clock_gettime(clock, time);
    int error = check_clock(clock);
    if (error == 0 && time == NULL)
        error = EFAULT;
    if (error != 0)
        return fail(error);
    look();
    time->tv_sec = BEGINNING + elapsed / SECOND;
    time->tv_nsec = elapsed % SECOND;
    return 0;
}

int interleave_timespec_get(struct timespec *time, int base)
{
    if (run_is_over || base != TIME_UTC)
        return timespec_get(time, base);
    return interleave_clock_gettime(CLOCK_REALTIME, time) == 0 ? base : 0;
}

time_t interleave_time(time_t *where)
{
    if (run_is_over)
        return time(where);
    time_t now = BEGINNING + look() / SECOND;

    if (where != NULL)
        *where = now;
    return now;
}

int interleave_gettimeofday(struct timeval *time, void *zone)
{
    if (run_is_over)
        return gettimeofday(time, zone);
    if (time == NULL)
        return 0;
    look();
    time->tv_sec = BEGINNING + elapsed / SECOND;
    time->tv_usec = elapsed % SECOND / 1000;
    return 0;
}

clock_t interleave_clock(void)
{
    return run_is_over ? clock() : look() / (SECOND / CLOCKS_PER_SEC);
}

clock_t interleave_times(struct tms *times_used)
{
    if (run_is_over)
        return times(times_used);
    clock_t now = look() / (SECOND / sysconf(_SC_CLK_TCK));

    if (times_used != NULL)
        *times_used = (struct tms){.tms_utime = now};
    return now;
}
