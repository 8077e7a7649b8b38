// server: forks a child for each run that the tool orders.
//
// The program's own main is renamed to interleave_main (see cc.c). Without the
// tool around it the program just runs, unscheduled.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ending.h"
#include "heap.h"
#include "process.h"
#include "run.h"
#include "seal.h"
#include "state.h"
#include "watch.h"

int interleave_main(int argc, char *argv[], char *environment[]);

// What the tool shares with us, once more, where no child sees it: in
// run_shared nobody can write to the order.
static struct shared *own;

static void replace(int descriptor, const char *path, int flags)
{
    int other = open(path, flags);

    if (other < 0)
        return;
    dup2(other, descriptor);
    close(other);
}

// Every run reads a file from its beginning, and has its own place in it; a
// terminal or a pipe can be read only once.
static void open_input(void)
{
    struct stat status;
    bool is_file = fstat(STDIN_FILENO, &status) == 0 && S_ISREG(status.st_mode);

    if (is_file && !run_shared->order.no_input)
        replace(STDIN_FILENO, "/proc/self/fd/0", O_RDONLY);
    else if (run_shared->order.quiet)
        replace(STDIN_FILENO, "/dev/null", O_RDONLY);
}

static void be_quiet(void)
{
    replace(STDOUT_FILENO, "/dev/null", O_WRONLY);
    replace(STDERR_FILENO, "/dev/null", O_WRONLY);
}

static void be_child(int argc, char *argv[], char *environment[])
{
    setpgid(0, 0);
    watch_release();
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    close(ORDERS_DESCRIPTOR);
    close(REPORTS_DESCRIPTOR);
    close(SHARED_DESCRIPTOR);
    open_input();
    if (run_shared->order.quiet)
        be_quiet();
    run_begin();
    thread_self->top = (uint64_t)(uintptr_t)__builtin_frame_address(0);
    state_know_own();
    errno = 0; // C11, 7.5
    ending_of_main(interleave_main(argc, argv, environment));
}

static void find(enum finding finding, const char *text, int number)
{
    struct outcome *outcome = &run_shared->outcome;

    *outcome = (struct outcome){.finding = finding, .turn = -1};
    snprintf(outcome->text, TEXT_LIMIT, text, number);
}

// Nothing that was kept from earlier runs can be believed any more.
static void forget(void)
{
    own->most_points = 0;
    own->known = (struct known){0};
    memset(&own->watched, 0, sizeof own->watched);
}

static void judge(int status)
{
    struct outcome *outcome = &run_shared->outcome;
    const struct order *order = &run_shared->order;
    bool written_over = outcome->seal != seal_of(outcome);

    if (watch_was_late()) {
        find(FINDING_NONE, "", 0);
        return;
    }
    if (!written_over && outcome->finding != FINDING_NONE)
        return;
    if (WIFSIGNALED(status))
        find(FINDING_CRASH, "ended by signal %d", WTERMSIG(status));
    else if (written_over)
        find(FINDING_CRASH, "it wrote over memory that is interleave's", 0);
    else
        outcome->status = WEXITSTATUS(status);
    if (written_over)
        forget();
    if (outcome->finding == FINDING_NONE && order->exit_code &&
        outcome->status != 0) { // who has ended it, and where, stands there
        outcome->finding = FINDING_EXIT;
        snprintf(outcome->text, TEXT_LIMIT, "exit status %d", outcome->status);
    }
}

static void clear_record(void)
{
    run_shared->steps = 0;
    run_shared->threads = 0;
    run_shared->stacks = 0;
    run_shared->points = 0;
    run_shared->requests = 0;
    run_shared->said_count = 0;
    run_shared->replaced = false;
    run_shared->outcome = (struct outcome){.turn = -1};
    run_shared->outcome.seal = seal_of(&run_shared->outcome);
}

static bool run_once(int argc, char *argv[], char *environment[])
{
    clear_record();
    process_run_begins();
    pid_t child = fork();

    if (child == 0)
        be_child(argc, argv, environment);
    if (child < 0)
        find(FINDING_UNJUDGED, "cannot fork (error %d)", errno);
    else
        judge(watch_child(child));
    own->late = watch_was_late(); // whatever the run may have written there
    return run_shared->outcome.finding == FINDING_NONE;
}

static void take_share(struct order *order)
{
    struct share share = order->mix[order->run % (uint64_t)order->mixed];

    order->strategy = share.strategy;
    order->depth = order->bound = share.reach;
}

// The runs of one order, until one of them finds something.
static void carry_out(int argc, char *argv[], char *environment[])
{
    struct order *order = &own->order;
    uint32_t runs = 1; // not in shared memory: the runs may write there

    for (;; runs++) {
        if (order->mixed > 0)
            take_share(order);
        if (!run_once(argc, argv, environment) || runs >= order->runs ||
            watch_is_late())
            break;
        order->run++;
    }
    own->runs = runs;
    own->late = own->late || watch_is_late();
}

static struct shared *map_shared(void)
{
    void *memory = mmap(NULL, sizeof *own, PROT_READ | PROT_WRITE, MAP_SHARED,
                        SHARED_DESCRIPTOR, 0);

    return memory == MAP_FAILED ? NULL : memory;
}

static bool find_tool(void)
{
    own = map_shared();
    run_shared = map_shared();
    return own != NULL && run_shared != NULL &&
           own->version == INTERLEAVE_VERSION &&
           madvise(own, sizeof *own, MADV_DONTFORK) == 0 &&
           mprotect(run_shared, offsetof(struct shared, outcome), PROT_READ) ==
               0;
}

int main(int argc, char *argv[], char *environment[])
{
    char word;

    if (getenv("INTERLEAVE") == NULL)
        return interleave_main(argc, argv, environment);
    if (!find_tool())
        return EXIT_FAILURE; // of another version: it is to be built anew
    unsetenv("INTERLEAVE");
    watch_begin();
    if (!heap_begin() || !process_begin())
        return EXIT_FAILURE;
    if (write(REPORTS_DESCRIPTOR, "r", 1) != 1)
        return EXIT_FAILURE;
    while (read(ORDERS_DESCRIPTOR, &word, 1) == 1) {
        fflush(NULL);
        carry_out(argc, argv, environment);
        if (write(REPORTS_DESCRIPTOR, "d", 1) != 1)
            break;
    }
    return EXIT_SUCCESS;
}
