// Whoever takes from the list forgets the lock, and frees.
#include <pthread.h>
#include <stdlib.h>

struct node {
    int seat;
    struct node *next;
};

static struct node *head;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void push(int seat)
{
    struct node *node = malloc(sizeof *node);

    pthread_mutex_lock(&lock);
    *node = (struct node){seat, head};
    head = node;
    pthread_mutex_unlock(&lock);
}

static void *pop(void *unused)
{
    struct node *first = head;

    if (first != NULL) {
        head = first->next;
        free(first);
    }
    return unused;
}

int main(void)
{
    pthread_t one, other;

    push(7);
    pthread_create(&one, NULL, pop, NULL);
    pthread_create(&other, NULL, pop, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return 0;
}
