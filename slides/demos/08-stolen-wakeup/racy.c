// Two seats come back. Whoever finds none waits until one does.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t returned = PTHREAD_COND_INITIALIZER;
static int seats; // that are for sale

static void *buy(void *name)
{
    pthread_setname_np(pthread_self(), name);
    pthread_mutex_lock(&lock);
    if (seats == 0)                          // @look
        pthread_cond_wait(&returned, &lock); // @wait
    seats--;                                 // @take
    assert(seats >= 0);
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void give_back(void)
{
    pthread_mutex_lock(&lock); // @back
    seats++;
    pthread_cond_signal(&returned);
    pthread_mutex_unlock(&lock);
}

int main(void)
{
    pthread_t alice, bob;

    pthread_create(&alice, NULL, buy, "alice");
    pthread_create(&bob, NULL, buy, "bob");
    give_back();
    give_back();
    pthread_join(alice, NULL);
    pthread_join(bob, NULL);
    return 0;
}
