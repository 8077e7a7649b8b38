// A data race, and main returns -1: no signal.
#include <pthread.h>

static int sold;

static void *sell(void *unused)
{
    sold++;
    return unused;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, sell, NULL);
    sold++;
    pthread_join(thread, NULL);
    return -1;
}
