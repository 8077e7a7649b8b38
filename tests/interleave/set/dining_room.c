// Bug: a room lets one philosopher fewer in than there are forks, but asks
// and counts in two steps: all may be in, and each waits for the next.
#include <stdatomic.h>

#include "threads.h"

enum { PHILOSOPHERS = 3 };

static pthread_mutex_t fork_at[PHILOSOPHERS];
static atomic_int inside;

static void enter(void)
{
#ifdef FIXED
    int now = inside;
    do
        while (now == PHILOSOPHERS - 1)
            now = inside;
    while (!atomic_compare_exchange_strong(&inside, &now, now + 1));
#else
    while (inside == PHILOSOPHERS - 1)
        continue;
    inside++;
#endif
}

static void *dine(void *argument)
{
    int left = (int)(intptr_t)argument, right = (left + 1) % PHILOSOPHERS;

    enter();
    pthread_mutex_lock(&fork_at[left]);
    pthread_mutex_lock(&fork_at[right]);
    pthread_mutex_unlock(&fork_at[right]);
    pthread_mutex_unlock(&fork_at[left]);
    inside--;
    return NULL;
}

int main(void)
{
    for (int i = 0; i < PHILOSOPHERS; i++)
        pthread_mutex_init(&fork_at[i], NULL);
    start_many(dine, PHILOSOPHERS);
    join_all();
    return 0;
}
