// Two threads take words apart with strtok.
#include <pthread.h>
#include <stddef.h>
#include <string.h>

static void *take_apart(void *words)
{
    strtok(words, " ");
    return NULL;
}

int main(void)
{
    static char one[] = "BOOK 7", other[] = "CANCEL 7";
    pthread_t first, second;

    pthread_create(&first, NULL, take_apart, one);
    pthread_create(&second, NULL, take_apart, other);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    return 0;
}
