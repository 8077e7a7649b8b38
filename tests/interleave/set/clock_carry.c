// Bug: a clock of two parts is read while the lower one has been reset and the
// upper one not yet moved on.
#include <stdatomic.h>

#include "threads.h"

enum { TICKS = 5, PER_MINUTE = 3 };

static atomic_int minutes, seconds;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *tick(void *argument)
{
    for (int i = 0; i < TICKS; i++) {
        pthread_mutex_lock(&lock);
        if (seconds == PER_MINUTE - 1) {
            seconds = 0;
            minutes++;
        } else {
            seconds++;
        }
        pthread_mutex_unlock(&lock);
    }
    return argument;
}

static int now(void)
{
#ifdef FIXED
    pthread_mutex_lock(&lock);
#endif
    int time = minutes * PER_MINUTE + seconds;
#ifdef FIXED
    pthread_mutex_unlock(&lock);
#endif
    return time;
}

static void *look(void *argument)
{
    int before = now();
    int after = now();

    assert(before <= after);
    return argument;
}

int main(void)
{
    start(tick, 0);
    start_many(look, 2);
    join_all();
    return 0;
}
