// Timers of the kernel's: alarm(2), setitimer(2), timer_settime(2).
//
// When they go off has nothing to do with the virtual clock, and their signals
// would come while the runtime is at work. So they never do; a program that can
// go on only when one has gone off is not judged.
#include "timers.h"

#include <signal.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "baton.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

static bool are_set;

bool timers_are_set(void)
{
    return are_set;
}

// A signal will come, some time: no systematic search knows when.
static void set(bool on, uint64_t pc)
{
    are_set = are_set || on;
    if (on)
        baton_point((struct op){
            .deed = DEED_SEND, .object = (uint64_t)SIGALRM, .pc = pc});
}

unsigned interleave_alarm(unsigned seconds)
{
    if (run_is_over)
        return alarm(seconds);
    set(seconds > 0, CALLER);
    return 0;
}

useconds_t interleave_ualarm(useconds_t first, useconds_t then)
{
    if (run_is_over)
        return ualarm(first, then);
    set(first > 0, CALLER);
    return 0;
}

int interleave_setitimer(__itimer_which_t which, const struct itimerval *new,
                         struct itimerval *old)
{
    if (run_is_over)
        return setitimer(which, new, old);
    if (old != NULL)
        *old = (struct itimerval){0};
    set(new->it_value.tv_sec > 0 || new->it_value.tv_usec > 0, CALLER);
    return 0;
}

int interleave_timer_settime(timer_t timer, int flags,
                             const struct itimerspec *new,
                             struct itimerspec *old)
{
    if (run_is_over)
        return timer_settime(timer, flags, new, old);
    if (old != NULL)
        *old = (struct itimerspec){0};
    set(new->it_value.tv_sec > 0 || new->it_value.tv_nsec > 0, CALLER);
    return 0;
}
