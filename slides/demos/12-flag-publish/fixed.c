// The price is set; then a flag says that it is.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

static int price;
static atomic_bool is_set;

static void *set_price(void *name)
{
    pthread_setname_np(pthread_self(), name);
    price = 30;    // @price
    is_set = true; // @flag
    return NULL;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, set_price, "manager");
    if (is_set)              // @look
        assert(price == 30); // @use
    pthread_join(thread, NULL);
    return 0;
}
