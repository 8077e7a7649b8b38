// Two threads, an array, and one element of it.
#include <pthread.h>

static int left[8];

static void *sell(void *unused)
{
    left[3]--;
    return unused;
}

int main(void)
{
    pthread_t seller;
    pthread_create(&seller, NULL, sell, NULL);
    left[3]--;
    pthread_join(seller, NULL);
    return left[7];
}
