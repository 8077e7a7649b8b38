// Bug: all philosophers take the left fork first: each may wait for the next.
#include "threads.h"

static pthread_mutex_t fork_at[PHILOSOPHERS];
static int meals;
static pthread_mutex_t kitchen = PTHREAD_MUTEX_INITIALIZER;

static void *dine(void *argument)
{
    int left = (int)(intptr_t)argument, right = (left + 1) % PHILOSOPHERS;

#ifdef FIXED
    if (left > right) {
        right = left;
        left = 0;
    }
#endif
    pthread_mutex_lock(&fork_at[left]);
    pthread_mutex_lock(&fork_at[right]);
    pthread_mutex_lock(&kitchen);
    meals++;
    pthread_mutex_unlock(&kitchen);
    pthread_mutex_unlock(&fork_at[right]);
    pthread_mutex_unlock(&fork_at[left]);
    return NULL;
}

int main(void)
{
    for (int i = 0; i < PHILOSOPHERS; i++)
        pthread_mutex_init(&fork_at[i], NULL);
    start_many(dine, PHILOSOPHERS);
    join_all();
    assert(meals == PHILOSOPHERS);
    return 0;
}
