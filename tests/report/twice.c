// A barrier is initialized twice.
#include <pthread.h>

int main(void)
{
    pthread_barrier_t barrier;

    pthread_barrier_init(&barrier, NULL, 1);
    pthread_barrier_init(&barrier, NULL, 1);
    return 0;
}
