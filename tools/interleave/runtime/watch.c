#include "watch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "run.h"
#include "seal.h"

enum {
    LOOK_EVERY = 50,       // milliseconds
    PATIENCE = 2000,       // of CPU time without a scheduling point
    RUN_LIMIT_FACTOR = 15, // so many times as long in all
    HUNG_AFTER = 10000,    // without CPU time or a scheduling point
    LAST_WORD = 500,       // for the run to say itself where it loops
    LEFT_LIMIT = 4096,     // processes that a run may leave behind
};

// How far the run is, as seen from outside.
struct progress {
    int64_t used;  // CPU time, in milliseconds
    int64_t since; // `used` when the last point was taken
    int64_t still; // for so long nothing has happened
    uint32_t points;
};

// ---- the time ----

static bool late; // the last run was ended because of it

bool watch_was_late(void)
{
    return late;
}

bool watch_is_late(void)
{
    int64_t deadline = run_shared->order.deadline;
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return deadline > 0 &&
           now.tv_sec * INT64_C(1000000000) + now.tv_nsec >= deadline;
}

static int64_t cpu_time(pid_t child)
{
    clockid_t clock;
    struct timespec time;

    if (clock_getcpuclockid(child, &clock) != 0 ||
        clock_gettime(clock, &time) != 0)
        return 0;
    return time.tv_sec * INT64_C(1000) + time.tv_nsec / 1000000;
}

static void look(struct progress *progress, pid_t child)
{
    int64_t used = cpu_time(child);
    uint32_t points = run_shared->points;

    progress->still += LOOK_EVERY;
    if (used > progress->used || points != progress->points)
        progress->still = 0;
    if (points != progress->points)
        progress->since = used;
    progress->used = used;
    progress->points = points;
}

static void put_down(pid_t child, enum finding finding, const char *why)
{
    kill(child, SIGKILL);
    run_shared->outcome = (struct outcome){.finding = finding, .turn = -1};
    snprintf(run_shared->outcome.text, TEXT_LIMIT, "%s", why);
    run_shared->outcome.seal = seal_of(&run_shared->outcome);
}

static int64_t patience(void)
{
    uint32_t ordered = run_shared->order.patience;

    return ordered > 0 ? ordered : PATIENCE;
}

// Returns false if the run is over now.
static bool may_go_on(struct progress *progress, pid_t child)
{
    int64_t vain = progress->used - progress->since;
    bool replaced = run_shared->replaced;

    if (watch_is_late()) {
        late = true;
        kill(child, SIGKILL);
        return false;
    }
    if (progress->still >= HUNG_AFTER ||
        (replaced && progress->used >= patience() * RUN_LIMIT_FACTOR)) {
        put_down(child, FINDING_UNJUDGED,
                 replaced ? "it became another program, which does not end"
                          : "it waits for something outside of the program");
        return false;
    }
    if (replaced)
        return true;
    if (vain >= patience() + LAST_WORD ||
        progress->used >= patience() * RUN_LIMIT_FACTOR) {
        put_down(child, FINDING_UNJUDGED,
                 vain >= patience()
                     ? "it computes too long without a scheduling point "
                       "(--cpu allows more)"
                     : "it takes too much time (--cpu allows more)");
        return false;
    }
    // More than once: it compares.
    if (vain >= patience())
        kill(child, SIGXCPU);
    return true;
}

// ---- what the run has started ----

// Of the calling thread, by the kernel's list; only what a handler may call.
static bool kill_children(void)
{
    static char list[4096];
    int file = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
    ssize_t size = file >= 0 ? read(file, list, sizeof list) : 0;
    pid_t child = 0;
    bool any = false;

    for (ssize_t i = 0; i < size; i++) {
        if (list[i] >= '0' && list[i] <= '9') {
            child = child * 10 + (list[i] - '0');
            continue;
        }
        any = (child > 0 && kill(child, SIGKILL) == 0) || any;
        child = 0;
    }
    if (file >= 0)
        close(file);
    return any;
}

// Those that have left the run's process group are found as children of ours.
static void clear_up(pid_t child)
{
    kill(-child, SIGKILL);
    for (int i = 0; i < LEFT_LIMIT; i++) {
        pid_t gone = waitpid(-1, NULL, WNOHANG);

        if (gone < 0 && errno != EINTR)
            return;
        if (gone == 0 && (!kill_children() || waitpid(-1, NULL, 0) < 0))
            return;
    }
}

// ---- our own end ----

static const int ends[] = {SIGTERM, SIGINT, SIGHUP};

static volatile pid_t watched; // the run; 0: there is none

// The tool has ended, or somebody wants all to end.
static void leave(int signal)
{
    if (watched > 0) {
        kill(watched, SIGKILL);
        clear_up(watched);
    }
    _exit(128 + signal);
}

static void handle_ends(void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        sigaction(ends[i], &action, NULL);
}

void watch_begin(void)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    handle_ends(leave);
}

void watch_release(void)
{
    handle_ends(SIG_DFL);
}

int watch_child(pid_t child)
{
    int status = 0, handle = (int)syscall(SYS_pidfd_open, child, 0);
    struct pollfd end = {.fd = handle, .events = POLLIN};
    struct progress progress = {0};

    late = false;
    watched = child;
    while (handle >= 0 && poll(&end, 1, LOOK_EVERY) == 0) {
        look(&progress, child);
        if (!may_go_on(&progress, child))
            break;
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    if (handle >= 0)
        close(handle);
    clear_up(child);
    watched = 0;
    return status;
}
