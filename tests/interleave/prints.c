// What is printed in three ways, by a thread.
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static void *speak(void *unused)
{
    puts("one \"seat\"");
    fprintf(stderr, "%d left\n", 2);
    return write(STDOUT_FILENO, "raw\n", 4) < 0 ? unused : NULL;
}

int main(void)
{
    pthread_t clerk;

    pthread_create(&clerk, NULL, speak, NULL);
    return pthread_join(clerk, NULL);
}
