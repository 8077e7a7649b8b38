// A thread gets the address of a local variable of a function that returns.
#include <pthread.h>
#include <semaphore.h>
#include <string.h>

static sem_t has_returned;

static void *sell(void *argument)
{
    sem_wait(&has_returned);
    for (int i = 0; i < *(int *)argument && i < 100; i++)
        continue;
    return NULL;
}

static pthread_t start(int seats)
{
    pthread_t thread;

    pthread_create(&thread, NULL, sell, &seats);
    return thread;
}

static int write_something(int byte)
{
    char text[256];

    memset(text, byte, sizeof text);
    return text[byte];
}

int main(void)
{
    sem_init(&has_returned, 0, 0);
    pthread_t thread = start(10);

    sem_post(&has_returned);
    return write_something(7) - 7 + pthread_join(thread, NULL);
}
