// Sets a timer, and with an argument waits until it has gone off.
#include <errno.h>
#include <semaphore.h>
#include <signal.h>
#include <unistd.h>

static sem_t rung;

static void ring(int signal)
{
    (void)signal;
    sem_post(&rung);
}

int main(int argc, char *argv[])
{
    (void)argv;
    sem_init(&rung, 0, 0);
    signal(SIGALRM, ring);
    alarm(1);
    while (argc > 1 && sem_wait(&rung) == -1 && errno == EINTR)
        continue;
    return 0;
}
