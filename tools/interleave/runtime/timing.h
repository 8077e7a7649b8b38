// timing: the virtual clock.
#ifndef TIMING_H
#define TIMING_H

#include <stdint.h>

// So much time has passed, in nanoseconds.
void timing_pass(int64_t nanoseconds);

#endif
