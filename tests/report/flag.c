// Right: whoever sees the flag sees the price. Only release and acquire order
// them.
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

static int price;
static atomic_bool is_set;

static void *set_price(void *unused)
{
    price = 30;
    atomic_store_explicit(&is_set, true, memory_order_release);
    return unused;
}

int main(void)
{
    pthread_t manager;
    int seen = 30;

    pthread_create(&manager, NULL, set_price, NULL);
    if (atomic_load_explicit(&is_set, memory_order_acquire))
        seen = price;
    pthread_join(manager, NULL);
    return seen != 30;
}
