// One thread frees what the other still reads.
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static _Atomic(int *) shared;

static void *read_it(void *argument)
{
    int *memory = shared;

    if (memory != NULL)
        *memory += 1;
    return argument;
}

int main(void)
{
    pthread_t thread;
    int *memory = malloc(sizeof *memory);

    *memory = 1;
    shared = memory;
    pthread_create(&thread, NULL, read_it, NULL);
    shared = NULL;
    free(memory);
    pthread_join(thread, NULL);
    return 0;
}
