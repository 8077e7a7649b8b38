// guard: runs a command and sees to it that nothing of it is left behind.
//
// usage: guard [--seconds N] -- COMMAND [ARGUMENTS]
//
// When the command ends, or its time is over, or guard itself is told to end,
// guard kills everything that the command started and that still runs, also
// what has become a daemon: guard is a "child subreaper" (prctl(2)), so
// orphans become its children and cannot get away.
//
// Exit status: the command's own; 128 + n if signal n ended it; 124 if its time
// was over; 125 if it could not be started; 2 for a wrong command line.
#include <dirent.h>
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

enum { WRONG_USAGE = 2, TIME_IS_OVER = 124, NOT_STARTED = 125 };

// Returns the parent of a process, or 0 if it is gone. In /proc/PID/stat the
// second field, the name, is in parentheses and may itself contain some, or the
// end of a line: proc(5).
static pid_t parent_of(pid_t process)
{
    char path[32], text[512];
    pid_t parent = 0;

    snprintf(path, sizeof path, "/proc/%d/stat", (int)process);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return 0;
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    const char *name_end = strrchr(text, ')');
    if (name_end == NULL || sscanf(name_end, ") %*c %d", &parent) != 1)
        return 0;
    return parent;
}

static bool is_descendant(pid_t process)
{
    for (pid_t self = getpid(); process > 1; process = parent_of(process))
        if (parent_of(process) == self)
            return true;
    return false;
}

// Sends SIGKILL to all descendants. Returns how many there were.
static int kill_descendants(void)
{
    DIR *directory = opendir("/proc");
    struct dirent *entry;
    int count = 0;

    if (directory == NULL)
        return 0;
    while ((entry = readdir(directory)) != NULL) {
        pid_t process = (pid_t)atoi(entry->d_name);

        if (process > 0 && is_descendant(process)) {
            kill(process, SIGKILL);
            count++;
        }
    }
    closedir(directory);
    return count;
}

// While it is killed, a descendant may start others: until none is left. The
// wait for one of them to end is the pause between two rounds; then all that
// have ended are collected, so that the rounds are few.
static void clean_up(void)
{
    while (kill_descendants() > 0) {
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

// Waits for the command to end, for a signal, or for the end of its time (0:
// none), and returns guard's exit status. The signals of `set` are blocked.
static int wait_for(pid_t command, long seconds, const sigset_t *set)
{
    struct timespec now, end;

    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += seconds;
    for (;;) {
        int status, caught;
        pid_t ended = waitpid(-1, &status, WNOHANG);

        if (ended == command)
            return status_of(status);
        if (ended > 0)
            continue;
        clock_gettime(CLOCK_MONOTONIC, &now);
        if (seconds > 0 && is_before(&end, &now))
            return TIME_IS_OVER;
        // Rounded up: at the end of it the time is over.
        struct timespec rest = {
            .tv_sec = seconds > 0 ? end.tv_sec - now.tv_sec + 1 : 3600};
        caught = sigtimedwait(set, NULL, &rest);
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

static int run(char *command[], long seconds)
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
    int status = wait_for(child, seconds, &set);
    clean_up();
    return status;
}

int main(int argc, char *argv[])
{
    long seconds = 0;
    int first = 1;

    if (argc > 2 && strcmp(argv[1], "--seconds") == 0) {
        char *end;

        seconds = strtol(argv[2], &end, 10);
        first = *end == '\0' && seconds > 0 ? 3 : argc;
    }
    if (first + 1 >= argc || strcmp(argv[first], "--") != 0) {
        fprintf(stderr, "usage: guard [--seconds N] -- COMMAND [ARGUMENTS]\n");
        return WRONG_USAGE;
    }
    return run(argv + first + 1, seconds);
}
