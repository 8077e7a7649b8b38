// One thread looks many times, always under the lock; the other writes once.
#include <pthread.h>

enum { SEATS = 20 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int seats[SEATS];

static int look(int seat)
{
    pthread_mutex_lock(&lock);
    int now = seats[seat];
    pthread_mutex_unlock(&lock);
    return now;
}

static void *look_at_all(void *argument)
{
    int held = 0;

    for (int seat = 0; seat < SEATS; seat++)
        held += look(seat);
    return held < 0 ? NULL : argument;
}

static void *sell(void *argument)
{
    pthread_mutex_lock(&lock);
    seats[7] = 1;
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    pthread_t one, other;

    pthread_create(&one, NULL, look_at_all, NULL);
    pthread_create(&other, NULL, sell, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return 0;
}
