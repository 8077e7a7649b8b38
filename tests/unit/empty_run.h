// empty_run: what program and tool share, as it is before a run.
#ifndef EMPTY_RUN_H
#define EMPTY_RUN_H

#include <sys/mman.h>

#include "interleave/shared.h"

// Pages of zeros, as in program.c. Returns NULL if there is no memory.
static inline struct shared *empty_run(void)
{
    void *pages = mmap(NULL, sizeof(struct shared), PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return pages != MAP_FAILED ? pages : NULL;
}

static inline void empty_run_free(struct shared *shared)
{
    munmap(shared, sizeof *shared);
}

#endif
