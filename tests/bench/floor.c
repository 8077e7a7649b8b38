// What a schedule costs at least: forks, creates and joins threads, and ends.
//
// usage: floor THREADS RUNS
//
// Prints how many of these can be done in a second, on one processor.
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { THREADS_LIMIT = 250 };

static void *do_nothing(void *argument)
{
    return argument;
}

static void run_threads(int count)
{
    pthread_t thread[THREADS_LIMIT];

    for (int i = 0; i < count; i++)
        if (pthread_create(&thread[i], NULL, do_nothing, NULL) != 0)
            _exit(EXIT_FAILURE);
    for (int i = 0; i < count; i++)
        pthread_join(thread[i], NULL);
    _exit(EXIT_SUCCESS);
}

static int run_once(int threads)
{
    int status;
    pid_t child = fork();

    if (child == 0)
        run_threads(threads);
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char *argv[])
{
    int threads = argc > 1 ? atoi(argv[1]) : 0;
    int runs = argc > 2 ? atoi(argv[2]) : 0;
    cpu_set_t one;

    if (threads < 1 || threads > THREADS_LIMIT || runs < 1) {
        fprintf(stderr, "usage: floor THREADS RUNS\n");
        return 2;
    }
    CPU_ZERO(&one);
    CPU_SET(sched_getcpu(), &one);
    sched_setaffinity(0, sizeof one, &one);
    double begun = now();
    for (int i = 0; i < runs; i++)
        if (!run_once(threads))
            return EXIT_FAILURE;
    printf("%.0f\n", runs / (now() - begun));
    return EXIT_SUCCESS;
}
