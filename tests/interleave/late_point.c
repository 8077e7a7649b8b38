// A race that only a few orders bring about: when it is found, other accesses
// are scheduled from then on.
#include <pthread.h>

enum { ROUNDS = 3 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int last = 1, changes, rare;

static void *take_turns(void *which)
{
    int me = which != NULL, most = 0;

    for (int i = 0; i < ROUNDS; i++) {
        pthread_mutex_lock(&lock);
        changes += last != me;
        last = me;
        most = changes;
        pthread_mutex_unlock(&lock);
    }
    if (most >= 2 * ROUNDS - 1)
        rare++; // the last two turns of a perfect alternation
    return NULL;
}

int main(void)
{
    pthread_t one, other;

    pthread_create(&one, NULL, take_turns, NULL);
    pthread_create(&other, NULL, take_turns, &one);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return 0;
}
