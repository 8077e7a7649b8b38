// Two threads count for long.
#include <pthread.h>

static int sold;

static void *sell(void *argument)
{
    for (int i = 0; i < 20000; i++)
        sold++;
    return argument;
}

int main(void)
{
    pthread_t one, other;

    pthread_create(&one, NULL, sell, NULL);
    pthread_create(&other, NULL, sell, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return 0;
}
