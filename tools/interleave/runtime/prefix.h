// prefix: the beginning of a run is given, thread by thread.
//
// For the systematic search (dpor.h) some threads are asleep behind it: runs
// that go on with one of these have been looked at, until somebody does what
// conflicts with what they are about to do. Godefroid, "Partial-Order Methods
// for the Verification of Concurrent Systems", 1996: sleep sets.
#ifndef PREFIX_H
#define PREFIX_H

#include <stdint.h>

// Which of the first 64 threads were asleep when it was decided last.
uint64_t prefix_asleep(void);

#endif
