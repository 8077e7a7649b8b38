#include "progress.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static time_t begun, shown; // 0: not yet

static time_t now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + 1;
}

void progress_show(const char *what, uint32_t count)
{
    time_t time = now();

    if (begun == 0)
        begun = shown = time;
    if (time == shown || !isatty(STDERR_FILENO))
        return;
    shown = time;
    fprintf(stderr, "\r%s: %" PRIu32 ", %ld s \033[K", what, count,
            (long)(time - begun));
}

void progress_clear(void)
{
    if (shown != begun)
        fprintf(stderr, "\r\033[K");
    begun = shown = 0;
}
