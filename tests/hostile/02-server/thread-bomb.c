// tries: to take every thread that the machine has
// score: 5
// says: printed nothing
#include <pthread.h>

static void *stay(void *nothing)
{
    pause();
    return nothing;
}

static void attack(void)
{
    pthread_t thread;

    for (;;)
        pthread_create(&thread, NULL, stay, NULL);
}
