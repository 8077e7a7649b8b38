#include "signals.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "baton.h"
#include "object.h"
#include "process.h"
#include "run.h"
#include "sending.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

enum { SIGNALS = 65 };

static struct sigaction action[SIGNALS];
static siginfo_t information[SIGNALS];
static volatile uint64_t pending; // for whoever comes first

static uint64_t bit(int signal)
{
    return UINT64_C(1) << (signal - 1);
}

static bool is_valid(int signal)
{
    return signal > 0 && signal < SIGNALS;
}

static uint64_t bits_of(const sigset_t *set)
{
    uint64_t bits = 0;

    for (int i = 1; i < SIGNALS; i++)
        if (sigismember(set, i) == 1)
            bits |= bit(i);
    return bits;
}

static void set_of(uint64_t bits, sigset_t *set)
{
    sigemptyset(set);
    for (int i = 1; i < SIGNALS; i++)
        if (bits & bit(i))
            sigaddset(set, i);
}

// ---- delivery ----

bool signals_due(const struct thread *thread)
{
    return ((thread->pending_signals | pending) & ~thread->blocked_signals) !=
           0;
}

static int take(struct thread *thread, uint64_t wanted)
{
    uint64_t waiting = (thread->pending_signals | pending) & wanted;

    if (waiting == 0)
        return 0;
    int signal = __builtin_ctzll(waiting) + 1;
    if (thread->pending_signals & bit(signal))
        thread->pending_signals &= ~bit(signal);
    else
        pending &= ~bit(signal);
    object_acquire(object_at(&action[signal]));
    return signal;
}

static void handle(int signal)
{
    struct thread *self = thread_self;
    const struct sigaction now = action[signal];
    uint64_t blocked = self->blocked_signals;

    self->blocked_signals |= bits_of(&now.sa_mask);
    if (!(now.sa_flags & SA_NODEFER))
        self->blocked_signals |= bit(signal);
    if (now.sa_flags & SA_RESETHAND)
        action[signal].sa_handler = SIG_DFL;
    run_note(DEED_HANDLE, (uint64_t)signal, 0, self->op.pc);
    if (now.sa_flags & SA_SIGINFO) {
        siginfo_t sent = information[signal];
        now.sa_sigaction(signal, &sent, NULL);
    } else {
        now.sa_handler(signal);
    }
    self->blocked_signals = blocked;
}

bool signals_deliver(void)
{
    bool restart = true;
    int signal;

    while ((signal = take(thread_self, ~thread_self->blocked_signals)) != 0) {
        int flags = action[signal].sa_flags;

        if (action[signal].sa_handler == SIG_IGN ||
            action[signal].sa_handler == SIG_DFL)
            continue; // changed since it was sent
        restart = restart && (flags & SA_RESTART) != 0;
        handle(signal);
    }
    return restart;
}

// ---- sending ----

static bool is_harmless(int signal)
{
    return signal == SIGCHLD || signal == SIGURG || signal == SIGWINCH ||
           signal == SIGCONT;
}

// Who may get it now; NULL: the whole process is meant.
static bool is_blocked(const struct thread *target, int signal)
{
    if (target != NULL)
        return target->blocked_signals & bit(signal);
    for (int i = 0; i < thread_count; i++)
        if (!thread_all[i]->finished &&
            !(thread_all[i]->blocked_signals & bit(signal)))
            return false;
    return true;
}

static void end_process(int signal)
{
    run_end(FINDING_CRASH, "%s ends the process by signal %d (%s)",
            thread_self->name, signal, strsignal(signal));
}

void sending_mark(struct thread *target, int signal, siginfo_t sent)
{
    bool blocked = is_blocked(target, signal);

    if (signal == SIGKILL || signal == SIGSTOP ||
        (action[signal].sa_handler == SIG_DFL && !is_harmless(signal) &&
         !blocked))
        end_process(signal);
    if (!blocked && (action[signal].sa_handler == SIG_IGN ||
                     action[signal].sa_handler == SIG_DFL))
        return;
    sent.si_signo = signal;
    information[signal] = sent;
    object_release(object_at(&action[signal]));
    if (target != NULL)
        target->pending_signals |= bit(signal);
    else
        pending |= bit(signal);
}

int sending_take(uint64_t wanted, siginfo_t *sent)
{
    int signal = take(thread_self, wanted);

    if (signal != 0 && sent != NULL)
        *sent = information[signal];
    return signal;
}

bool sending_waits(const struct thread *thread, uint64_t wanted)
{
    return ((thread->pending_signals | pending) & wanted) != 0;
}

// ---- dispositions ----

// One that comes from outside, or from the kernel. When is not for us to say.
static void come_in(int signal, siginfo_t *sent, void *context)
{
    (void)context;
    information[signal] = *sent;
    if (signal == SIGPIPE && thread_self != NULL)
        thread_self->pending_signals |= bit(signal);
    else
        pending |= bit(signal);
}

static bool is_fault(int signal)
{
    return signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE ||
           signal == SIGILL || signal == SIGABRT || signal == SIGXCPU;
}

static int make_real(int signal)
{
    struct sigaction real = action[signal];

    if (real.sa_handler != SIG_DFL && real.sa_handler != SIG_IGN) {
        real.sa_sigaction = come_in;
        real.sa_flags = (real.sa_flags & SA_RESTART) | SA_SIGINFO;
        sigemptyset(&real.sa_mask);
    }
    return sigaction(signal, &real, NULL);
}

int interleave_sigaction(int signal, const struct sigaction *new,
                         struct sigaction *old)
{
    if (run_is_over)
        return sigaction(signal, new, old);
    if (!is_valid(signal) ||
        (new != NULL && (signal == SIGKILL || signal == SIGSTOP))) {
        errno = EINVAL;
        return -1;
    }
    if (old != NULL)
        *old = action[signal];
    if (new == NULL)
        return 0;
    action[signal] = *new;
    return is_fault(signal) ? 0 : make_real(signal); // faults are crash.c's
}

static sighandler_t set_handler(int signal, sighandler_t handler, int flags)
{
    struct sigaction new = {.sa_handler = handler, .sa_flags = flags}, old;

    sigemptyset(&new.sa_mask);
    return interleave_sigaction(signal, &new, &old) == 0 ? old.sa_handler
                                                         : SIG_ERR;
}

sighandler_t interleave_signal(int signal, sighandler_t handler)
{
    return set_handler(signal, handler, SA_RESTART);
}

sighandler_t interleave___sysv_signal(int signal, sighandler_t handler)
{
    return set_handler(signal, handler, SA_RESETHAND | SA_NODEFER);
}

void signals_release(void)
{
    sigset_t mask;

    for (int i = 1; i < SIGNALS; i++)
        if (i != SIGKILL && i != SIGSTOP && i != 32 && i != 33 &&
            (is_fault(i) || action[i].sa_handler != SIG_DFL))
            sigaction(i, &action[i], NULL);
    set_of(thread_self->blocked_signals, &mask);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
}

// ---- masks ----

int interleave_pthread_sigmask(int how, const sigset_t *new, sigset_t *old)
{
    if (run_is_over)
        return pthread_sigmask(how, new, old);
    uint64_t *blocked = &thread_self->blocked_signals;
    uint64_t before = *blocked, bits = new != NULL ? bits_of(new) : 0;

    if (new != NULL &&
        how != SIG_BLOCK &&how != SIG_UNBLOCK &&how != SIG_SETMASK)
        return EINVAL;
    if (new != NULL)
        *blocked = how == SIG_BLOCK     ? before | bits
                   : how == SIG_UNBLOCK ? before & ~bits
                                        : bits;
    *blocked &= ~(bit(SIGKILL) | bit(SIGSTOP));
    if (old != NULL)
        set_of(before, old);
    sending_unblocked();
    return 0;
}

int interleave_sigprocmask(int how, const sigset_t *new, sigset_t *old)
{
    int error = interleave_pthread_sigmask(how, new, old);

    errno = error != 0 ? error : errno;
    return error != 0 ? -1 : 0;
}

int interleave_sigpending(sigset_t *set)
{
    if (run_is_over)
        return sigpending(set);
    set_of((thread_self->pending_signals | pending) &
               thread_self->blocked_signals,
           set);
    return 0;
}
