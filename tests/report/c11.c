// The threads of <threads.h>, and a counter without a lock.
#include <threads.h>

static int sold;

static int sell(void *unused)
{
    (void)unused;
    return sold++ < 0;
}

int main(void)
{
    thrd_t one, other;

    thrd_create(&one, sell, NULL);
    thrd_create(&other, sell, NULL);
    thrd_join(one, NULL);
    return thrd_join(other, NULL);
}
