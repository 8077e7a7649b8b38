#include "leaks.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "heap.h"
#include "run.h"

enum { DESCRIPTORS = 1024 };

static bool was_open[DESCRIPTORS];

static bool is_open(int descriptor)
{
    return fcntl(descriptor, F_GETFD) >= 0;
}

void leaks_begin(void)
{
    for (int i = 0; i < DESCRIPTORS; i++)
        was_open[i] = is_open(i);
}

static void check_threads(void)
{
    for (int i = 1; i < thread_count; i++) {
        const struct thread *thread = thread_all[i];

        if (thread->joined || thread->detached)
            continue;
        run_shared->outcome.pc = run_shared->outcome.where = thread->created;
        run_end(FINDING_LEAK,
                "%s (created at {where}) is neither joined nor "
                "detached at the end",
                thread->name);
    }
}

static void check_descriptors(void)
{
    char path[64], what[128];

    for (int i = 0; i < DESCRIPTORS; i++) {
        if (was_open[i] || !is_open(i))
            continue;
        snprintf(path, sizeof path, "/proc/self/fd/%d", i);
        ssize_t length = readlink(path, what, sizeof what - 1);
        what[length > 0 ? length : 0] = '\0';
        run_end(FINDING_LEAK, "descriptor %d (%s) is still open at the end", i,
                what);
    }
}

static void check_memory(void)
{
    uint64_t first, bytes;
    int blocks = heap_left(&first, &bytes);

    if (blocks == 0)
        return;
    run_shared->outcome.pc = run_shared->outcome.where = first;
    run_end(FINDING_LEAK,
            "%llu bytes of memory in %d block%s, the first from {where}, are "
            "not freed at the end",
            (unsigned long long)bytes, blocks, blocks == 1 ? "" : "s");
}

void leaks_check(void)
{
    check_threads();
    check_descriptors();
    check_memory();
}
