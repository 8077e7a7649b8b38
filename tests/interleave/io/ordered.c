// What was done before a byte was written is known after it was read: no race.
// But two threads that read into one buffer do race.
#include <pthread.h>
#include <string.h>
#include <unistd.h>

static int pair[2], sold;
static char buffer[4];

static void *tell(void *argument)
{
    sold = 1;
    if (write(pair[1], "xyz", 3) != 3)
        return NULL;
    return argument;
}

static void *hear(void *argument)
{
    if (read(pair[0], buffer, 1) != 1)
        return NULL;
    return argument;
}

int main(int argc, char *argv[])
{
    pthread_t teller, hearer;
    char byte;

    if (pipe(pair) != 0)
        return 1;
    pthread_create(&teller, NULL, tell, NULL);
    if (argc > 1 && strcmp(argv[1], "one-buffer") == 0) {
        pthread_create(&hearer, NULL, hear, NULL);
        if (read(pair[0], buffer, 1) != 1)
            return 1;
        pthread_join(hearer, NULL);
    } else if (read(pair[0], &byte, 1) != 1 || sold != 1) {
        return 1;
    }
    pthread_join(teller, NULL);
    return 0;
}
