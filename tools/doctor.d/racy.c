// racy: a program with one data race, on `sold`. Every detector must find it.
#include <pthread.h>
#include <stdio.h>

static int sold;

static void *sell(void *unused)
{
    sold++;
    return unused;
}

int main(void)
{
    pthread_t alice, bob;

    if (pthread_create(&alice, NULL, sell, NULL) != 0 ||
        pthread_create(&bob, NULL, sell, NULL) != 0 ||
        pthread_join(alice, NULL) != 0 || pthread_join(bob, NULL) != 0)
        return 1;
    printf("%d sold\n", sold);
    return 0;
}
