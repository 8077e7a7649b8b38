// Accounts from malloc, each with a lock; whoever moves money locks one of
// them.
#include <pthread.h>
#include <stdlib.h>

struct account {
    pthread_mutex_t lock;
    long balance;
};

static struct account *accounts;

static void move(struct account *from, struct account *to)
{
    pthread_mutex_lock(&from->lock);
    from->balance--;
    to->balance++;
    pthread_mutex_unlock(&from->lock);
}

static void *to_the_second(void *unused)
{
    move(&accounts[0], &accounts[1]);
    return unused;
}

int main(void)
{
    pthread_t clerk;

    accounts = calloc(2, sizeof *accounts);
    for (int i = 0; i < 2; i++)
        pthread_mutex_init(&accounts[i].lock, NULL);
    pthread_create(&clerk, NULL, to_the_second, NULL);
    move(&accounts[1], &accounts[0]);
    pthread_join(clerk, NULL);
    free(accounts);
    return 0;
}
