// main looks at what is sold, and ends, whether or not the clerk still sells.
#include <pthread.h>

static int sold;

static void *sell(void *argument)
{
    sold = 1;
    return argument;
}

int main(void)
{
    pthread_t clerk;

    pthread_create(&clerk, NULL, sell, NULL);
    return sold > 1;
}
