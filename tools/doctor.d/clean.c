// clean: racy with a lock. No detector may find anything.
#include <pthread.h>
#include <stdio.h>

static int sold;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *sell(void *unused)
{
    pthread_mutex_lock(&lock);
    sold++;
    pthread_mutex_unlock(&lock);
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
