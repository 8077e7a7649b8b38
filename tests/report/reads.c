// How many lines there are on standard input, counted without a lock.
#include <pthread.h>
#include <stdio.h>

static int lines;

static void *count(void *unused)
{
    if (getchar() != EOF)
        lines++;
    return unused;
}

int main(void)
{
    pthread_t one, other;

    pthread_create(&one, NULL, count, NULL);
    pthread_create(&other, NULL, count, NULL);
    pthread_join(one, NULL);
    return pthread_join(other, NULL);
}
