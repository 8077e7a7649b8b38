// A mutex as a gate: another thread opens it.
#include <pthread.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void *open_gate(void *unused)
{
    pthread_mutex_unlock(&gate);
    return unused;
}

int main(void)
{
    pthread_t porter;

    pthread_mutex_lock(&gate);
    pthread_create(&porter, NULL, open_gate, NULL);
    pthread_mutex_lock(&gate);
    return pthread_join(porter, NULL);
}
