// timing: the virtual clock.
#ifndef TIMING_H
#define TIMING_H

#include <stdint.h>
#include <time.h>

// Deadlines on the virtual clock, for op.deadline: so much time from now on, or
// the time that some clock shows then.
int64_t timing_after(const struct timespec *time);
int64_t timing_at(const struct timespec *until);

// The virtual clock now. It never goes back.
int64_t timing_now(void);

// It is at least so late now.
void timing_reach(int64_t deadline);

#endif
