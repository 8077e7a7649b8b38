// server: forks a child for each run that the tool orders.
//
// The program's own main is renamed to interleave_main (see cc.c). Without the
// tool around it the program just runs, unscheduled.
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run.h"

int interleave_main(int argc, char *argv[], char *environment[]);

enum { HUNG_AFTER = 10000 }; // milliseconds without an end

static void be_quiet(void)
{
    int nowhere = open("/dev/null", O_RDWR);

    if (nowhere < 0)
        return;
    dup2(nowhere, STDIN_FILENO);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    close(nowhere);
}

static void be_child(int argc, char *argv[], char *environment[])
{
    setpgid(0, 0);
    close(ORDERS_DESCRIPTOR);
    close(REPORTS_DESCRIPTOR);
    close(SHARED_DESCRIPTOR);
    if (run_shared->order.quiet)
        be_quiet();
    run_begin();
    int status = interleave_main(argc, argv, environment);
    void interleave_exit(int status);
    interleave_exit(status);
}

// Waits for the child, but not for ever. What it has started ends with it.
static int await(pid_t child)
{
    int status = 0, handle = (int)syscall(SYS_pidfd_open, child, 0);
    struct pollfd end = {.fd = handle, .events = POLLIN};

    if (handle >= 0 && poll(&end, 1, HUNG_AFTER) == 0) {
        kill(child, SIGKILL);
        run_shared->outcome.finding = FINDING_UNJUDGED;
        snprintf(run_shared->outcome.text, TEXT_LIMIT,
                 "it ran for %d s without coming to a scheduling point",
                 HUNG_AFTER / 1000);
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    if (handle >= 0)
        close(handle);
    kill(-child, SIGKILL);
    return status;
}

static void judge(int status)
{
    struct outcome *outcome = &run_shared->outcome;
    const struct order *order = &run_shared->order;

    if (outcome->finding != FINDING_NONE)
        return;
    if (WIFSIGNALED(status)) {
        outcome->finding = FINDING_CRASH;
        snprintf(outcome->text, TEXT_LIMIT, "ended by signal %d",
                 WTERMSIG(status));
    } else {
        outcome->status = WEXITSTATUS(status);
        if (order->exit_code && outcome->status != 0) {
            outcome->finding = FINDING_EXIT;
            snprintf(outcome->text, TEXT_LIMIT, "exit status %d",
                     outcome->status);
        }
    }
}

static bool run_once(int argc, char *argv[], char *environment[])
{
    pid_t child = fork();

    if (child == 0)
        be_child(argc, argv, environment);
    if (child < 0) {
        run_shared->outcome = (struct outcome){.finding = FINDING_UNJUDGED};
        snprintf(run_shared->outcome.text, TEXT_LIMIT, "cannot fork");
        return false;
    }
    judge(await(child));
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
    struct order *order = &run_shared->order;

    run_shared->runs = 0;
    for (;;) {
        if (order->mixed > 0)
            take_share(order);
        run_shared->runs++;
        if (!run_once(argc, argv, environment) ||
            run_shared->runs >= order->runs)
            return;
        order->run++;
    }
}

static bool find_tool(void)
{
    run_shared = mmap(NULL, sizeof *run_shared, PROT_READ | PROT_WRITE,
                      MAP_SHARED, SHARED_DESCRIPTOR, 0);
    return run_shared != MAP_FAILED && run_shared->size == sizeof *run_shared;
}

int main(int argc, char *argv[], char *environment[])
{
    char word;

    if (getenv("INTERLEAVE") == NULL)
        return interleave_main(argc, argv, environment);
    if (!find_tool())
        return EXIT_FAILURE; // of another version: it is to be built anew
    unsetenv("INTERLEAVE");
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
