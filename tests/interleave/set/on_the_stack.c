// Bug: a thread reads its number where main counts on, on main's stack.
#include "threads.h"

enum { THREADS = 3 };

static int seen[THREADS + 1];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *see(void *argument)
{
#ifdef FIXED
    int number = (int)(intptr_t)argument;
#else
    int number = *(int *)argument;
#endif
    pthread_mutex_lock(&lock);
    seen[number]++;
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    pthread_t thread[THREADS];

    for (int number = 0; number < THREADS; number++) {
#ifdef FIXED
        void *argument = (void *)(intptr_t)number;
#else
        void *argument = &number;
#endif
        pthread_create(&thread[number], NULL, see, argument);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(thread[i], NULL);
    for (int i = 0; i < THREADS; i++)
        assert(seen[i] == 1);
    return 0;
}
