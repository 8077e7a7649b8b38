#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clients.h"
#include "validate.h"

enum { READY_AFTER = 10000 }; // milliseconds that a program may take to start

static struct shared *share(int *descriptor)
{
    *descriptor = memfd_create("interleave", MFD_CLOEXEC);
    if (*descriptor < 0 ||
        ftruncate(*descriptor, (off_t)sizeof(struct shared)) < 0)
        return NULL;
    void *memory = mmap(NULL, sizeof(struct shared), PROT_READ | PROT_WRITE,
                        MAP_SHARED, *descriptor, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

// One CPU for all threads: handing the baton over to another CPU is thirty
// times as slow. The one that runs this, or one of the next.
static void stay_here(int place)
{
    cpu_set_t usable, one;
    int cpu = sched_getcpu();

    if (cpu < 0 || sched_getaffinity(0, sizeof usable, &usable) != 0)
        return;
    for (; place > 0 || !CPU_ISSET(cpu, &usable); cpu = (cpu + 1) % CPU_SETSIZE)
        place -= CPU_ISSET(cpu, &usable);
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    sched_setaffinity(0, sizeof one, &one);
}

static void become(char *command[], int shared, int orders, int reports,
                   int place)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0); // it clears up: watch.c
    setenv("INTERLEAVE", "1", 1);
    stay_here(place);
    // Nothing depends on addresses, but some are shown: the same every time,
    // where that is allowed.
    personality(ADDR_NO_RANDOMIZE);
    if (dup2(shared, SHARED_DESCRIPTOR) >= 0 &&
        dup2(orders, ORDERS_DESCRIPTOR) >= 0 &&
        dup2(reports, REPORTS_DESCRIPTOR) >= 0)
        execvp(command[0], command);
    fprintf(stderr, "interleave: cannot run %s: %s\n", command[0],
            strerror(errno));
    _exit(127);
}

// The program says one byte: it is ready, it is done.
static bool hear(const struct program *program, int patience)
{
    struct pollfd report = {.fd = program->reports, .events = POLLIN};
    char word;

    return poll(&report, 1, patience) == 1 &&
           read(program->reports, &word, 1) == 1;
}

static bool start(struct program *program, char *command[], int place)
{
    int shared, orders[2], reports[2];

    program->shared = share(&shared);
    if (program->shared == NULL || pipe2(orders, O_CLOEXEC) < 0 ||
        pipe2(reports, O_CLOEXEC) < 0) {
        fprintf(stderr, "interleave: no memory to share: %s\n",
                strerror(errno));
        return false;
    }
    program->shared->version = INTERLEAVE_VERSION;
    program->process = fork();
    if (program->process == 0)
        become(command, shared, orders[0], reports[1], place);
    close(shared);
    close(orders[0]);
    close(reports[1]);
    program->orders = orders[1];
    program->reports = reports[0];
    if (program->process > 0 && hear(program, READY_AFTER))
        return true;
    fprintf(stderr,
            "interleave: %s was not built with this interleave (build it "
            "with: interleave cc -o %s FILE.c)\n",
            command[0], command[0]);
    program_stop(program);
    return false;
}

static bool add_clients(struct order *order, const struct options *options)
{
    for (int i = 0; i < options->clients; i++)
        if (!clients_add(order, options->client[i]))
            return false;
    return true;
}

bool program_start(struct program *program, const struct options *options,
                   int place)
{
    if (!start(program, options->launch, place))
        return false;
    if (add_clients(&program->shared->order, options))
        return true;
    program_stop(program);
    return false;
}

static bool is_gone(void)
{
    fprintf(stderr, "interleave: the program under test has gone\n");
    return false;
}

bool program_order(struct program *program)
{
    if (program->shared->order.clients > 0)
        program->shared->order.runs = 1;
    return write(program->orders, "g", 1) == 1 || is_gone();
}

bool program_await(struct program *program)
{
    if (!hear(program, -1))
        return is_gone();
    validate(program->shared);
    if (program->shared->order.clients > 0)
        clients_judge(program->shared);
    return true;
}

bool program_run(struct program *program)
{
    return program_order(program) && program_await(program);
}

void program_stop(struct program *program)
{
    close(program->orders);
    close(program->reports);
    if (program->process > 0) {
        kill(program->process, SIGKILL);
        while (waitpid(program->process, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    munmap(program->shared, sizeof(struct shared));
}
