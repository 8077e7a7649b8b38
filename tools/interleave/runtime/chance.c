// Random numbers that are no pseudo-random numbers: repeatable in a run.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "random.h"
#include "run.h"

static uint64_t state;

static void fill(void *to, size_t size)
{
    for (size_t done = 0; done < size; done += sizeof(uint64_t)) {
        uint64_t number = random_next(&state);
        size_t part = size - done < sizeof number ? size - done : sizeof number;

        memcpy((char *)to + done, &number, part);
    }
}

ssize_t interleave_getrandom(void *to, size_t size, unsigned flags)
{
    if (run_is_over)
        return getrandom(to, size, flags);
    fill(to, size);
    return (ssize_t)size;
}

int interleave_getentropy(void *to, size_t size)
{
    if (run_is_over || size > 256)
        return getentropy(to, size);
    fill(to, size);
    return 0;
}

uint32_t interleave_arc4random(void)
{
    return (uint32_t)random_next(&state);
}

void interleave_arc4random_buf(void *to, size_t size)
{
    fill(to, size);
}

uint32_t interleave_arc4random_uniform(uint32_t limit)
{
    return limit > 0 ? (uint32_t)(random_next(&state) % limit) : 0;
}
