// Bug: a thread passes the token on in two steps, so its neighbour may see it
// at two places, or at none.
#include "threads.h"

enum { PLACES = 4 };

static int has_token[PLACES] = {1};
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *pass_on(void *argument)
{
    int here = (int)(intptr_t)argument, next = (here + 1) % PLACES;

    pthread_mutex_lock(&lock);
    int mine = has_token[here];
    if (mine)
        has_token[here] = 0;
#ifndef FIXED
    pthread_mutex_unlock(&lock);
    pthread_mutex_lock(&lock);
#endif
    if (mine)
        has_token[next] = 1;
    int tokens = 0;
    for (int i = 0; i < PLACES; i++)
        tokens += has_token[i];
    assert(tokens == 1);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    start_many(pass_on, PLACES);
    join_all();
    return 0;
}
