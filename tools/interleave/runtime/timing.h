// timing: the virtual clock.
#ifndef TIMING_H
#define TIMING_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

// Deadlines on the virtual clock, for op.deadline: so much time from now on, or
// the time that some clock shows then.
int64_t timing_after(const struct timespec *time);
int64_t timing_at(const struct timespec *until);

// Whether it is a time at all: POSIX asks for 0 to 999,999,999 nanoseconds.
// What waits until a time that is none fails with EINVAL.
bool timing_is_valid(const struct timespec *time);

// Whether a wait may be limited by this clock (pthread_cond_clockwait(3) and
// the like).
bool timing_limits_by(clockid_t clock);

// The virtual clock now. It never goes back.
int64_t timing_now(void);

// It is at least so late now.
void timing_reach(int64_t deadline);

#endif
