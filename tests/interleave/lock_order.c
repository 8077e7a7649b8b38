// Two locks in two orders: each thread may wait for the other's.
#include <pthread.h>

static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t right = PTHREAD_MUTEX_INITIALIZER;

static void *left_first(void *argument)
{
    pthread_mutex_lock(&left);
    pthread_mutex_lock(&right);
    pthread_mutex_unlock(&right);
    pthread_mutex_unlock(&left);
    return argument;
}

static void *right_first(void *argument)
{
    pthread_mutex_lock(&right);
    pthread_mutex_lock(&left);
    pthread_mutex_unlock(&left);
    pthread_mutex_unlock(&right);
    return argument;
}

int main(void)
{
    pthread_t one, other;

    pthread_create(&one, NULL, left_first, NULL);
    pthread_create(&other, NULL, right_first, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return 0;
}
