// Bug: the bakery lock without the flag that says "I am choosing a number".
#include <stdatomic.h>

#include "../threads.h"

enum { CUSTOMERS = 2 };

static atomic_bool choosing[CUSTOMERS];
static atomic_int number[CUSTOMERS], inside;

static void choose(int self)
{
    int highest = 0;

#ifdef FIXED
    choosing[self] = true;
#endif
    for (int i = 0; i < CUSTOMERS; i++) {
        int theirs = number[i];
        if (theirs > highest)
            highest = theirs;
    }
    number[self] = highest + 1;
    choosing[self] = false;
}

static int comes_first(int other, int self)
{
    int theirs = number[other], mine = number[self];

    return theirs != 0 && (theirs < mine || (theirs == mine && other < self));
}

static void *enter(void *argument)
{
    int self = (int)(intptr_t)argument;

    choose(self);
    for (int other = 0; other < CUSTOMERS; other++) {
        while (choosing[other])
            continue;
        while (comes_first(other, self))
            continue;
    }
    assert(++inside == 1);
    inside--;
    number[self] = 0;
    return NULL;
}

int main(void)
{
    start_many(enter, CUSTOMERS);
    join_all();
    return 0;
}
