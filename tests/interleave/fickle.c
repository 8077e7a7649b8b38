// What it does depends on more than who goes on: on the length of a file, which
// grows with every run. The file is named on the command line.
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int count;

static void *work(void *argument)
{
    for (int i = 0; i < *(int *)argument; i++) {
        pthread_mutex_lock(&lock);
        count++;
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

int main(int argc, char *argv[])
{
    int file = open(argc > 1 ? argv[1] : "/dev/null",
                    O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    int times[] = {1 + (int)lseek(file, 0, SEEK_END) % 2, 2};
    pthread_t one, other;

    pthread_create(&one, NULL, work, &times[0]);
    pthread_create(&other, NULL, work, &times[1]);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return write(file, "x", 1) != 1;
}
