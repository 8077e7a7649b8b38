// A thread ends the process.
#include <pthread.h>
#include <stdlib.h>

static void *leave(void *unused)
{
    exit(3);
    return unused;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, leave, NULL);
    pthread_join(thread, NULL);
    return 0;
}
