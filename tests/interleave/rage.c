// A program that writes over its own memory, closes what is not its own, and
// prints without end.
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void *rage(void *argument)
{
    for (int i = 3; i < 1024; i++)
        close(i);
    for (int i = 0; i < 100000; i++)
        puts("and another line");
    memset(argument, 0xff, 1 << 20);
    return argument;
}

int main(void)
{
    pthread_t thread;
    char small[16];

    pthread_create(&thread, NULL, rage, small);
    pthread_join(thread, NULL);
    return small[0];
}
