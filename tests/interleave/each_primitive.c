// Each primitive, used rightly: no race, no failure, in any schedule.
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>

static int by_condition, by_semaphore, by_rwlock, by_barrier, by_once;
static int by_atomic;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t barrier;
static pthread_once_t control = PTHREAD_ONCE_INIT;
static sem_t semaphore;
static atomic_int flag;

static void set_once(void)
{
    by_once = 5;
}

static void *produce(void *argument)
{
    by_atomic = 1;
    atomic_store_explicit(&flag, 1, memory_order_release);
    by_semaphore = 2;
    sem_post(&semaphore);
    pthread_mutex_lock(&lock);
    by_condition = 3;
    pthread_cond_signal(&ready);
    pthread_mutex_unlock(&lock);
    pthread_rwlock_wrlock(&rwlock);
    by_rwlock++;
    pthread_rwlock_unlock(&rwlock);
    by_barrier = 4;
    pthread_barrier_wait(&barrier);
    pthread_once(&control, set_once);
    assert(by_once == 5);
    return argument;
}

int main(void)
{
    pthread_t thread;
    int *memory = malloc(sizeof *memory);

    sem_init(&semaphore, 0, 0);
    pthread_barrier_init(&barrier, NULL, 2);
    pthread_create(&thread, NULL, produce, memory);
    while (atomic_load_explicit(&flag, memory_order_acquire) == 0)
        continue;
    assert(by_atomic == 1);
    sem_wait(&semaphore);
    assert(by_semaphore == 2);
    pthread_mutex_lock(&lock);
    while (by_condition == 0)
        pthread_cond_wait(&ready, &lock);
    pthread_mutex_unlock(&lock);
    pthread_rwlock_rdlock(&rwlock);
    assert(by_rwlock <= 1);
    pthread_rwlock_unlock(&rwlock);
    pthread_barrier_wait(&barrier);
    assert(by_barrier == 4);
    pthread_once(&control, set_once);
    assert(by_once == 5);
    pthread_join(thread, NULL);
    free(memory);
    return 0;
}
