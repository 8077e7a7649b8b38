// tries: to end who watches it, and then everybody
// score: 5
// says: ended by signal 9|ended with exit status
#include <signal.h>

static void attack(void)
{
    for (int process = 1; process < 100; process++)
        if (process != getpid())
            kill(process, SIGKILL);
    kill(getppid(), SIGKILL);
    kill(-1, SIGKILL);
    raise(SIGKILL);
}
