// crash: faults of the program, and loops that never come to an end.
#ifndef CRASH_H
#define CRASH_H

// From now on a fault is a finding.
void crash_begin(void);

// The calling thread gets a stack for what is to be said after an overflow of
// its own.
void crash_stack(void);

#endif
