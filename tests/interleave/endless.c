// A thread that waits for what never comes, in a loop.
#include <pthread.h>
#include <stdatomic.h>

static atomic_int done;

static void *wait_for_it(void *argument)
{
    while (!done)
        continue;
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, wait_for_it, NULL);
    pthread_join(thread, NULL);
    return 0;
}
