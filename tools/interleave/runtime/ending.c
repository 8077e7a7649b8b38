// Assertions and other ends.
#include <stdlib.h>

#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

void interleave___assert_fail(const char *claim, const char *file,
                              unsigned line, const char *function)
{
    (void)file; // the tool finds them out from the pc
    (void)line;
    (void)function;
    run_shared->outcome.pc = CALLER;
    run_end(FINDING_ASSERT, "assertion `%s' failed", claim);
}

void interleave_abort(void)
{
    run_shared->outcome.pc = CALLER;
    run_end(FINDING_CRASH, "abort() was called");
}
