// guard: runs a command and sees to it that nothing of it is left behind.
//
// usage: guard [--seconds N] [--memory MIB] -- COMMAND [ARGUMENTS]
//
// When the command ends, or its time is over, or all that it started has more
// memory than it may, or guard itself is told to end, or who started it has
// ended, guard kills everything that the command started and that still runs,
// also what has become a daemon: guard is a "child subreaper" (prctl(2)), so
// orphans become its children and cannot get away.
//
// Exit status: the command's own; 128 + n if signal n ended it; 124 if its time
// was over; 123 if it took too much memory; 125 if it could not be started; 2
// for a wrong command line.
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "descendants.h"

enum {
    WRONG_USAGE = 2,
    TOO_MUCH_MEMORY = 123,
    TIME_IS_OVER = 124,
    NOT_STARTED = 125,
};

// In 50 milliseconds a process can take some 100 MiB more.
enum { LOOK_EVERY = 50 * 1000 * 1000 }; // nanoseconds

struct limits {
    long seconds; // 0: none
    long memory;  // in MiB; 0: none
};

// While it is killed, a descendant may start others: until none is left. The
// wait for one of them to end is the pause between two rounds; then all that
// have ended are collected, so that the rounds are few.
static void clean_up(void)
{
    while (descendants_kill() > 0) {
        if (waitpid(-1, NULL, 0) < 0 && errno == ECHILD)
            return;
        while (waitpid(-1, NULL, WNOHANG) > 0)
            continue;
    }
}

static int status_of(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static bool is_before(const struct timespec *one, const struct timespec *other)
{
    return one->tv_sec < other->tv_sec ||
           (one->tv_sec == other->tv_sec && one->tv_nsec < other->tv_nsec);
}

// How long to wait for news: to the end of the time, rounded up, or to the next
// look at the memory.
static struct timespec pause_until(const struct limits *limits,
                                   const struct timespec *now,
                                   const struct timespec *end)
{
    if (limits->memory > 0)
        return (struct timespec){.tv_nsec = LOOK_EVERY};
    return (struct timespec){
        .tv_sec = limits->seconds > 0 ? end->tv_sec - now->tv_sec + 1 : 3600};
}

// Collects who has ended. Returns whether the command has; then its status is
// guard's.
static bool has_ended(pid_t command, int *status)
{
    pid_t ended;
    int how;

    while ((ended = waitpid(-1, &how, WNOHANG)) > 0)
        if (ended == command) {
            *status = status_of(how);
            return true;
        }
    return false;
}

// Waits for the command to end, for a signal, or for a limit, and returns
// guard's exit status. The signals of `set` are blocked.
static int wait_for(pid_t command, const struct limits *limits,
                    const sigset_t *set)
{
    struct timespec now, end;
    int status;

    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += limits->seconds;
    for (;;) {
        if (has_ended(command, &status))
            return status;
        clock_gettime(CLOCK_MONOTONIC, &now);
        if (limits->seconds > 0 && is_before(&end, &now))
            return TIME_IS_OVER;
        if (limits->memory > 0 && descendants_memory() > limits->memory)
            return TOO_MUCH_MEMORY;
        struct timespec rest = pause_until(limits, &now, &end);
        int caught = sigtimedwait(set, NULL, &rest);
        if (caught > 0 && caught != SIGCHLD)
            return 128 + caught;
    }
}

// The debugger may look at the command from outside, where the system allows
// that only to parents: PR_SET_PTRACER in prctl(2). Elsewhere that fails, and
// there is no need for it.
static void start(char *command[], pid_t guard, const sigset_t *original)
{
    signal(SIGPIPE, SIG_DFL); // a caller that ignores it does not mean this
    prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != guard)
        _exit(NOT_STARTED); // guard died before the line above
    sigprocmask(SIG_SETMASK, original, NULL);
    execvp(command[0], command);
    fprintf(stderr, "guard: cannot run %s: %s\n", command[0], strerror(errno));
    _exit(NOT_STARTED);
}

static int run(char *command[], const struct limits *limits)
{
    sigset_t set, original;
    pid_t guard = getpid();

    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGQUIT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    if (sigprocmask(SIG_BLOCK, &set, &original) < 0 ||
        prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0) < 0 ||
        prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) < 0) {
        fprintf(stderr, "guard: cannot guard: %s\n", strerror(errno));
        return NOT_STARTED;
    }
    pid_t child = fork();
    if (child < 0) {
        fprintf(stderr, "guard: cannot fork: %s\n", strerror(errno));
        return NOT_STARTED;
    }
    if (child == 0)
        start(command, guard, &original);
    int status = wait_for(child, limits, &set);
    clean_up();
    return status;
}

// Reads "--name N" at argv[*first], if it is there. Returns false if N is no
// number above 0.
static bool read_limit(char *argv[], int *first, const char *name, long *limit)
{
    char *end;

    if (argv[*first] == NULL || strcmp(argv[*first], name) != 0)
        return true;
    if (argv[*first + 1] == NULL)
        return false;
    *limit = strtol(argv[*first + 1], &end, 10);
    *first += 2;
    return *end == '\0' && *limit > 0;
}

int main(int argc, char *argv[])
{
    struct limits limits = {0, 0};
    int first = argc > 0 ? 1 : 0;

    if (!read_limit(argv, &first, "--seconds", &limits.seconds) ||
        !read_limit(argv, &first, "--memory", &limits.memory) ||
        argv[first] == NULL || strcmp(argv[first], "--") != 0 ||
        argv[first + 1] == NULL) {
        fprintf(stderr, "usage: guard [--seconds N] [--memory MIB] -- COMMAND "
                        "[ARGUMENTS]\n");
        return WRONG_USAGE;
    }
    return run(argv + first + 1, &limits);
}
