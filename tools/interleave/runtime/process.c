#include "process.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "baton.h"
#include "crash.h"
#include "run.h"
#include "signals.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

enum {
    FORKS_LIMIT = 100,   // in one run, those of its children included
    CHILDREN_LIMIT = 64, // that are remembered
    ARGUMENTS_LIMIT = 256,
};

static atomic_int *forks; // in memory that all of them share
static pid_t child_all[CHILDREN_LIMIT];
static int children;

bool process_begin(void)
{
    void *memory = mmap(NULL, sizeof *forks, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    forks = memory;
    return memory != MAP_FAILED;
}

void process_run_begins(void)
{
    atomic_store(forks, 0);
}

bool process_is_own(pid_t process)
{
    return process == 0 || process == getpid() || process == -getpid();
}

bool process_is_child(pid_t process)
{
    for (int i = 0; i < children; i++)
        if (child_all[i] == process || child_all[i] == -process)
            return true;
    return false;
}

// ---- fork ----

// The child runs as it would anyway, and what it does is no part of the run.
static void leave_run(void)
{
    run_is_over = true;
    signals_release();
    if (mmap(run_shared, sizeof *run_shared, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1,
             0) == MAP_FAILED)
        _exit(EXIT_FAILURE); // it would write into the run's record
}

pid_t interleave_fork(void)
{
    bool inside = !run_is_over;

    if (inside)
        baton_point((struct op){.deed = DEED_FORK, .pc = CALLER});
    if (forks != NULL && atomic_fetch_add(forks, 1) >= FORKS_LIMIT) {
        errno = EAGAIN;
        return -1;
    }
    if (inside)
        run_shared->known.forks = true;
    pid_t child = fork();
    if (child == 0 && inside)
        leave_run();
    if (child > 0 && inside && children < CHILDREN_LIMIT)
        child_all[children++] = child;
    return child;
}

// What its caller may do in between is allowed after fork(2), too.
pid_t interleave_vfork(void)
{
    return interleave_fork();
}

// Another process ends when it does: the threads that can go on come first.
static void wait_point(int options, uint64_t pc)
{
    if (!run_is_over)
        baton_point((struct op){.deed = DEED_AWAIT,
                                .pc = pc,
                                .cancels = true,
                                .lazy = !(options & WNOHANG)});
}

pid_t interleave_waitpid(pid_t process, int *status, int options)
{
    wait_point(options, CALLER);
    return waitpid(process, status, options);
}

pid_t interleave_wait(int *status)
{
    wait_point(0, CALLER);
    return wait(status);
}

pid_t interleave_wait3(int *status, int options, struct rusage *usage)
{
    wait_point(options, CALLER);
    return wait3(status, options, usage);
}

pid_t interleave_wait4(pid_t process, int *status, int options,
                       struct rusage *usage)
{
    wait_point(options, CALLER);
    return wait4(process, status, options, usage);
}

int interleave_waitid(idtype_t type, id_t id, siginfo_t *information,
                      int options)
{
    wait_point(options, CALLER);
    return waitid(type, id, information, options);
}

// ---- exec ----

static void before_exec(uint64_t pc)
{
    if (run_is_over)
        return;
    baton_point((struct op){.deed = DEED_EXIT, .pc = pc});
    signals_release();
    run_shared->replaced = true;
}

// It returns only if it fails.
static int after_exec(void)
{
    if (!run_is_over) {
        run_shared->replaced = false;
        crash_begin();
    }
    return -1;
}

int interleave_execve(const char *path, char *const arguments[],
                      char *const environment[])
{
    before_exec(CALLER);
    execve(path, arguments, environment);
    return after_exec();
}

int interleave_execv(const char *path, char *const arguments[])
{
    before_exec(CALLER);
    execv(path, arguments);
    return after_exec();
}

int interleave_execvp(const char *file, char *const arguments[])
{
    before_exec(CALLER);
    execvp(file, arguments);
    return after_exec();
}

int interleave_execvpe(const char *file, char *const arguments[],
                       char *const environment[])
{
    before_exec(CALLER);
    execvpe(file, arguments, environment);
    return after_exec();
}

int interleave_fexecve(int file, char *const arguments[],
                       char *const environment[])
{
    before_exec(CALLER);
    fexecve(file, arguments, environment);
    return after_exec();
}

// Those behind the first, as an array; NULL if there are too many.
static char **collect(const char *first, va_list *more)
{
    static __thread char *list[ARGUMENTS_LIMIT];

    list[0] = (char *)first;
    for (int i = 0; list[i] != NULL; i++) {
        if (i + 1 == ARGUMENTS_LIMIT) {
            errno = E2BIG;
            return NULL;
        }
        list[i + 1] = va_arg(*more, char *);
    }
    return list;
}

#define LIST(name, call)                                            \
    int interleave_##name(const char *path, const char *first, ...) \
    {                                                               \
        va_list more;                                               \
                                                                    \
        va_start(more, first);                                      \
        char **list = collect(first, &more);                        \
        va_end(more);                                               \
        if (list == NULL)                                           \
            return -1;                                              \
        before_exec(CALLER);                                        \
        call(path, list);                                           \
        return after_exec();                                        \
    }

LIST(execl, execv)
LIST(execlp, execvp)

int interleave_execle(const char *path, const char *first, ...)
{
    va_list more;

    va_start(more, first);
    char **list = collect(first, &more);
    char **environment = va_arg(more, char **);
    va_end(more);
    if (list == NULL)
        return -1;
    before_exec(CALLER);
    execve(path, list, environment);
    return after_exec();
}
