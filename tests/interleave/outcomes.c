// Several orders, several outcomes: writes what came out to the file that is
// named on the command line, one line a run.
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int first = 1, second = 2;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int tried;

static void *add(void *argument)
{
    first = second + 1;
    pthread_mutex_lock(&lock);
    second += 10;
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *double_it(void *argument)
{
    if (pthread_mutex_trylock(&lock) == 0) {
        second *= 2;
        pthread_mutex_unlock(&lock);
    } else {
        tried++;
    }
    first *= 2;
    return argument;
}

int main(int argc, char *argv[])
{
    pthread_t one, other;
    char line[64];

    pthread_create(&one, NULL, add, NULL);
    pthread_create(&other, NULL, double_it, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    if (argc < 2)
        return 0;
    int file = open(argv[1], O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    int length =
        snprintf(line, sizeof line, "%d %d %d\n", first, second, tried);
    return file < 0 || write(file, line, (size_t)length) != length;
}
