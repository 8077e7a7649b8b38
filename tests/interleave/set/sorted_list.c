// Bug: an insertion finds its place, and locks only then: a node that another
// one has put there in the meantime falls out of the list.
#include "threads.h"

enum { NODES = 3 };

struct node {
    int value;
    struct node *_Atomic next;
};

static struct node head, node[NODES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *insert(void *argument)
{
    struct node *mine = &node[(intptr_t)argument], *before = &head;

    mine->value = (int)(intptr_t)argument + 1;
#ifdef FIXED
    pthread_mutex_lock(&lock);
#endif
    while (before->next != NULL && before->next->value < mine->value)
        before = before->next;
    struct node *after = before->next;
#ifndef FIXED
    pthread_mutex_lock(&lock);
#endif
    mine->next = after;
    before->next = mine;
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    int count = 0;

    start_many(insert, NODES);
    join_all();
    for (struct node *at = head.next; at != NULL; at = at->next)
        count++;
    assert(count == NODES);
    return 0;
}
