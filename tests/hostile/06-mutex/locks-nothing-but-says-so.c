// tries: to put its own function in the place of the system's
// score: 0
// says: defines pthread_mutex_lock, a name that belongs to the system
#include <pthread.h>

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    (void)mutex;
    return 0;
}
