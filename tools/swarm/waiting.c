#include "waiting.h"

#include <stdlib.h>

#include "allocate.h"

void waiting_init(struct waiting *waiting, int operations)
{
    waiting->operations = operations;
    waiting->link = allocate_array((size_t)operations + WAITING_LISTS,
                                   sizeof *waiting->link);
    for (int head = operations; head < operations + WAITING_LISTS; head++)
        waiting->link[head].previous = waiting->link[head].next = head;
}

void waiting_release(struct waiting *waiting)
{
    free(waiting->link);
}

int waiting_list(const struct operation *operation)
{
    int seat = history_asks_about(operation);

    if (seat != 0)
        return seat;
    return history_asks_about_all(operation) ? WAITING_HOUSE : WAITING_NEVER;
}

void waiting_restore(struct waiting *waiting, int operation)
{
    struct link *link = &waiting->link[operation];

    waiting->link[link->previous].next = operation;
    waiting->link[link->next].previous = operation;
}

void waiting_remove(struct waiting *waiting, int operation)
{
    struct link *link = &waiting->link[operation];

    waiting->link[link->previous].next = link->next;
    waiting->link[link->next].previous = link->previous;
}

void waiting_add(struct waiting *waiting, int list, int operation)
{
    int head = waiting->operations + list;

    waiting->link[operation].previous = waiting->link[head].previous;
    waiting->link[operation].next = head;
    waiting_restore(waiting, operation);
}

static int element(const struct waiting *waiting, int index)
{
    return index < waiting->operations ? index : -1;
}

int waiting_first(const struct waiting *waiting, int list)
{
    return element(waiting, waiting->link[waiting->operations + list].next);
}

int waiting_next(const struct waiting *waiting, int operation)
{
    return element(waiting, waiting->link[operation].next);
}
