// Bug: every access is atomic, but a customer looks whether the seat is free
// and takes it in two steps.
#include <stdatomic.h>

#include "threads.h"

enum { SEATS = 4, CUSTOMERS = 3, NOBODY = -1 };

static atomic_int holder[SEATS];
static atomic_int sold;

static int take(int seat, int customer)
{
#ifdef FIXED
    int nobody = NOBODY;
    return atomic_compare_exchange_strong(&holder[seat], &nobody, customer);
#else
    if (holder[seat] != NOBODY)
        return 0;
    holder[seat] = customer;
    return 1;
#endif
}

static void *book(void *argument)
{
    int customer = (int)(intptr_t)argument;

    for (int i = 0; i < SEATS; i++)
        if (take((i + customer) % SEATS, customer)) {
            sold++;
            break;
        }
    return NULL;
}

int main(void)
{
    int held = 0;

    for (int i = 0; i < SEATS; i++)
        holder[i] = i == 1 ? CUSTOMERS : NOBODY;
    start_many(book, CUSTOMERS);
    join_all();
    for (int i = 0; i < SEATS; i++)
        held += holder[i] != NOBODY;
    assert(held == sold + 1);
    return 0;
}
