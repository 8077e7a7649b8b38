// Two locks in two orders. The second thread waits for the first one, but not
// for ever: run as it is, they never meet, whatever else the machine does.
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t right = PTHREAD_MUTEX_INITIALIZER;
static sem_t done;
static int seats;

static void move(pthread_mutex_t *from, pthread_mutex_t *to)
{
    pthread_mutex_lock(from);
    pthread_mutex_lock(to);
    seats++;
    pthread_mutex_unlock(to);
    pthread_mutex_unlock(from);
}

static void *alice(void *unused)
{
    move(&left, &right);
    sem_post(&done);
    return unused;
}

static void *bob(void *unused)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 600;
    sem_timedwait(&done, &until);
    move(&right, &left);
    return unused;
}

int main(void)
{
    pthread_t one, other;

    sem_init(&done, 0, 0);
    pthread_create(&one, NULL, alice, NULL);
    pthread_create(&other, NULL, bob, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return 0;
}
