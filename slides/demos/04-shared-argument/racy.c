// A thread for each connection; a pointer tells it which one is its own.
#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

enum { CUSTOMERS = 2 };

static bool served[CUSTOMERS];

static void *serve(void *argument)
{
    int connection = *(int *)argument; // @read

    served[connection] = true;
    return NULL;
}

static int next_connection(void)
{
    static int connections;

    return connections++;
}

int main(void)
{
    pthread_t threads[CUSTOMERS];
    int connection;

    for (int i = 0; i < CUSTOMERS; i++) {
        connection = next_connection(); // @next
        pthread_create(&threads[i], NULL, serve, &connection);
    }
    for (int i = 0; i < CUSTOMERS; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < CUSTOMERS; i++)
        assert(served[i]);
    return 0;
}
