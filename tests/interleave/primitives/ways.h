// What these programs share: each has many ways, and the first argument says
// which is gone; without one, what ways there are, and what is found.
#ifndef WAYS_H
#define WAYS_H

#include <pthread.h>
#include <stdio.h>
#include <string.h>

struct way {
    const char *name, *finding; // NULL: nothing is to be found in any
    void (*run)(void);
};

#define WAY(name, finding)   \
    {                        \
#name, finding, name \
    }

static void (*work)(void);

static void *run(void *argument)
{
    work();
    return argument;
}

static inline pthread_t begin(void (*there)(void))
{
    pthread_t thread;

    work = there;
    pthread_create(&thread, NULL, run, NULL);
    return thread;
}

static inline void both(void (*there)(void), void (*here)(void))
{
    pthread_t thread = begin(there);

    here();
    pthread_join(thread, NULL);
}

// What main returns.
static inline int go(int argc, char *argv[], const struct way ways[],
                     size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (argc < 2) {
            printf("%s%s%s\n", ways[i].name, ways[i].finding != NULL ? " " : "",
                   ways[i].finding != NULL ? ways[i].finding : "");
        } else if (strcmp(argv[1], ways[i].name) == 0) {
            ways[i].run();
            return 0;
        }
    return argc < 2 ? 0 : 99;
}

#endif
