#include "crash.h"

#include <inttypes.h>
#include <signal.h>
#include <stddef.h>
#include <ucontext.h>

#include "access.h"
#include "guard.h"
#include "run.h"
#include "state.h"

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

static uint64_t mix_words(uint64_t hash, const uint64_t *words, size_t count)
{
    for (size_t i = 0; words != NULL && i < count; i++)
        hash = (hash ^ words[i]) * UINT64_C(0x9e3779b97f4a7c15) + (hash >> 29);
    return hash;
}

// The registers and the stack of who was interrupted, as a number. 0: not
// known.
static uint64_t machine_of(const void *context)
{
    const mcontext_t *machine = &((const ucontext_t *)context)->uc_mcontext;

#if defined(__x86_64__)
    enum { RED_ZONE = 128 }; // below the stack pointer: System V ABI, 3.2.2
    uint64_t stack = (uint64_t)machine->gregs[REG_RSP] - RED_ZONE;
    uint64_t hash = mix_words(1, (const uint64_t *)machine->gregs, NGREG);
    hash = mix_words(hash, (const uint64_t *)machine->fpregs,
                     sizeof *machine->fpregs / sizeof hash);
#else
    uint64_t stack = machine->sp;
    uint64_t hash =
        mix_words(1, (const uint64_t *)machine, sizeof *machine / sizeof hash);
#endif
    uint64_t memory = state_of_memory(stack);

    return memory != 0 ? hash ^ memory : 0;
}

// It computes and computes: watch.c asks where, again and again. The kernel
// asks any thread; the one that runs has to answer. If it has come round with
// all registers as they were, without a single access in between, it will do so
// for ever.
static void confess(int signal, siginfo_t *info, void *context)
{
    enum { ASKED_AT_MOST = 8 };
    static int times;
    static uint64_t seen[ASKED_AT_MOST], accesses;
    static int asked;

    (void)info;
    if (thread_running != NULL && thread_running != thread_self) {
        pthread_kill(thread_running->real, signal);
        return;
    }
    say_where(where_in(context));
    uint64_t now = thread_self != NULL ? machine_of(context) : 0;
    if (accesses != access_count)
        asked = 0;
    accesses = access_count;
    for (int i = 0; i < asked; i++)
        if (seen[i] == now && now != 0)
            run_end(FINDING_LIVELOCK, "%s goes round and round without an end",
                    thread_self != NULL ? thread_self->name : "it");
    if (++times == ASKED_AT_MOST)
        run_end(FINDING_UNJUDGED,
                "%s computes too long without a scheduling point (--cpu "
                "allows more)",
                thread_self != NULL ? thread_self->name : "it");
    seen[asked++] = now;
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
