// tries: to stay, whatever it is told
// score: 100
#include <signal.h>

static void attack(void)
{
    for (int signal_number = 1; signal_number < 65; signal_number++)
        signal(signal_number, SIG_IGN);
    if (fork() == 0)
        for (;;)
            pause();
}
