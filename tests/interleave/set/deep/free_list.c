// Bug: a list of free slots whose head is exchanged without a count of the
// changes: a slot that comes back in the meantime leads to one in use.
#include <stdatomic.h>

#include "../threads.h"

enum { SLOTS = 3, NONE = 255 };

static atomic_uchar next[SLOTS];
static atomic_uint head; // the slot; above it, when fixed, a count
static atomic_int users[SLOTS];

static int take(void)
{
    unsigned now = head, then;

    do {
        if ((now & 255) == NONE)
            return NONE;
        then = next[now & 255];
#ifdef FIXED
        then |= (now & ~255u) + 256;
#endif
    } while (!atomic_compare_exchange_weak(&head, &now, then));
    assert(users[now & 255]++ == 0);
    return (int)(now & 255);
}

static void give(int slot)
{
    unsigned now = head, then;

    users[slot]--;
    do {
        next[slot] = now & 255;
        then = (unsigned)slot;
#ifdef FIXED
        then |= (now & ~255u) + 256;
#endif
    } while (!atomic_compare_exchange_weak(&head, &now, then));
}

static void *use(void *argument)
{
    int one = take(), other = take();

    if (one != NONE)
        give(one);
    if (other != NONE)
        give(other);
    return argument;
}

int main(void)
{
    for (int i = 0; i < SLOTS; i++)
        next[i] = i + 1 < SLOTS ? (unsigned char)(i + 1) : NONE;
    start_many(use, 2);
    join_all();
    return 0;
}
