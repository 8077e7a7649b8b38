// Closes what another thread waits for: in Linux that does not wake it.
#include <pthread.h>
#include <unistd.h>

static int pair[2];

static void *wait_for_it(void *argument)
{
    char byte;

    if (read(pair[0], &byte, 1) < 0)
        return argument;
    return NULL;
}

int main(void)
{
    pthread_t thread;

    if (pipe(pair) != 0 ||
        pthread_create(&thread, NULL, wait_for_it, NULL) != 0)
        return 1;
    close(pair[0]);
    pthread_join(thread, NULL);
    return 0;
}
