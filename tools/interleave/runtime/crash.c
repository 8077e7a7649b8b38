#include "crash.h"

#include <inttypes.h>
#include <signal.h>
#include <stddef.h>
#include <ucontext.h>

#include "guard.h"
#include "run.h"

enum { ROOM = 1 << 15 }; // for one handler

static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

static uint64_t where_in(const void *context)
{
    const ucontext_t *machine = context;

#if defined(__x86_64__)
    return (uint64_t)machine->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
    return (uint64_t)machine->uc_mcontext.pc;
#else
    (void)machine;
    return thread_self != NULL ? thread_self->pc : 0;
#endif
}

// The program's own code, or its last access if it is in somebody else's.
static void say_where(uint64_t pc)
{
    extern char __executable_start[], etext[];
    bool is_its_own = pc >= (uint64_t)(uintptr_t)__executable_start &&
                      pc < (uint64_t)(uintptr_t)etext && !guard_is_code(pc);

    if (run_shared->outcome.pc == 0)
        run_shared->outcome.pc =
            is_its_own || thread_self == NULL ? pc : thread_self->pc;
}

static bool is_on_stack(uint64_t address)
{
    const struct thread *self = thread_self;
    enum { BELOW = 1 << 16 }; // a frame may be that large

    return self != NULL && address < self->low + BELOW &&
           address + BELOW >= self->low;
}

static void crash(int signal, siginfo_t *info, void *context)
{
    static const char *const names[] = {
        [SIGSEGV] = "segmentation fault",
        [SIGBUS] = "bus error",
        [SIGFPE] = "arithmetic fault",
        [SIGILL] = "illegal instruction",
        [SIGABRT] = "abort",
    };
    uint64_t address = (uint64_t)(uintptr_t)info->si_addr;

    say_where(where_in(context));
    if (signal == SIGSEGV && info->si_code > 0 && is_on_stack(address))
        run_end(FINDING_CRASH, "stack overflow");
    if (signal == SIGSEGV && address < 4096)
        run_end(FINDING_CRASH, "%s: a null pointer", names[signal]);
    if (signal == SIGSEGV || signal == SIGBUS)
        run_end(FINDING_CRASH, "%s at address 0x%" PRIx64, names[signal],
                address);
    run_end(FINDING_CRASH, "%s", names[signal]);
}

// It runs and runs: watch.c asks where. The kernel asks any thread; the one
// that runs has to say it.
static void confess(int signal, siginfo_t *info, void *context)
{
    (void)info;
    if (thread_running != NULL && thread_running != thread_self) {
        pthread_kill(thread_running->real, signal);
        return;
    }
    say_where(where_in(context));
    run_end(FINDING_LIVELOCK,
            "%s runs and runs without coming to a scheduling point",
            thread_self != NULL ? thread_self->name : "it");
}

void crash_stack(void)
{
    static char room[THREADS_LIMIT][ROOM];
    const stack_t stack = {.ss_sp = room[thread_self->number], .ss_size = ROOM};

    sigaltstack(&stack, NULL);
}

void crash_begin(void)
{
    struct sigaction action = {.sa_sigaction = crash,
                               .sa_flags = SA_SIGINFO | SA_ONSTACK};

    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        sigaction(faults[i], &action, NULL);
    action.sa_sigaction = confess;
    sigaction(SIGXCPU, &action, NULL);
}
