// tries: to load a library of its own into what it starts
// score: 0
// says: uses execl, which no lab needs
// hook: preload()
#include <stdlib.h>
#include <unistd.h>

static inline void preload(void)
{
    setenv("LD_PRELOAD", "/tmp/mine.so", 1);
    execl("/proc/self/exe", "server", "0", (char *)NULL);
}
