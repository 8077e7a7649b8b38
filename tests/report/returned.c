// A thread gets the address of a local variable of a function that returns.
#include <pthread.h>
#include <string.h>

static void *sell(void *argument)
{
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
    pthread_t thread = start(10);

    return write_something(7) - 7 + pthread_join(thread, NULL);
}
