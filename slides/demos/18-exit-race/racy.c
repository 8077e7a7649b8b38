// The clerk writes the evening's sales down, and main goes home.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

static atomic_int sold = 3, written;

static void *write_down(void *name)
{
    pthread_setname_np(pthread_self(), name);
    while (written < sold)
        written++; // @write
    return NULL;
}

static void close_books(void)
{
    assert(written == sold); // @close
}

int main(void)
{
    pthread_t clerk;

    atexit(close_books);
    pthread_create(&clerk, NULL, write_down, "clerk");
    pthread_detach(clerk);
    return 0; // @leave
}
