// SIGUSR1 asks how many seats are sold.
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int sold;
static volatile sig_atomic_t is_asked;

static void print_sold(void)
{
    pthread_mutex_lock(&lock); // @again
    printf("%d sold\n", sold);
    pthread_mutex_unlock(&lock);
}

static void on_signal(int number)
{
    (void)number;
    is_asked = 1; // @handler
}

static void sell(void)
{
    pthread_mutex_lock(&lock);
    sold++; // @sell
    pthread_mutex_unlock(&lock);
}

static void *ask(void *office)
{
    pthread_setname_np(pthread_self(), "manager");
    pthread_kill(*(pthread_t *)office, SIGUSR1); // @ask
    return NULL;
}

int main(void)
{
    pthread_t manager, office = pthread_self();

    signal(SIGUSR1, on_signal);
    pthread_create(&manager, NULL, ask, &office);
    sell();
    pthread_join(manager, NULL);
    if (is_asked)
        print_sold();
    return 0;
}
