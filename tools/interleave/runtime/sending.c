#include "sending.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "baton.h"
#include "process.h"
#include "run.h"
#include "signals.h"
#include "timing.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

// A handler of the thread's own runs before its call returns.
void sending_unblocked(void)
{
    if (signals_due(thread_self))
        baton_point((struct op){.deed = DEED_YIELD, .pc = thread_self->op.pc});
}

static bool others_may(int signal)
{
    for (int i = 0; i < thread_count; i++)
        if (thread_all[i] != thread_self && !thread_all[i]->finished &&
            !(thread_all[i]->blocked_signals >> (signal - 1) & 1))
            return true;
    return false;
}

static int send_signal(struct thread *target, int signal, union sigval value,
                       uint64_t pc)
{
    siginfo_t sent = {.si_code = SI_USER};

    if (signal < 0 || signal > 64)
        return EINVAL;
    sent.si_pid = getpid();
    sent.si_value = value;
    baton_point(
        (struct op){.deed = DEED_SEND, .object = (uint64_t)signal, .pc = pc});
    if (target != NULL && (target->finished || target->joined))
        return target->joined ? ESRCH : 0;
    if (signal == 0)
        return 0;
    sending_mark(target, signal, sent);
    if (target == thread_self || (target == NULL && !others_may(signal)))
        signals_deliver();
    return 0;
}

static int in_errno(int error)
{
    if (error == 0)
        return 0;
    errno = error;
    return -1;
}

static const union sigval nothing;

int interleave_raise(int signal)
{
    if (run_is_over)
        return raise(signal);
    return in_errno(send_signal(thread_self, signal, nothing, CALLER));
}

int interleave_pthread_kill(pthread_t id, int signal)
{
    struct thread *target = run_is_over ? NULL : thread_find(id);

    if (run_is_over)
        return pthread_kill(id, signal);
    return target == NULL ? ESRCH
                          : send_signal(target, signal, nothing, CALLER);
}

int interleave_pthread_sigqueue(pthread_t id, int signal,
                                const union sigval value)
{
    struct thread *target = run_is_over ? NULL : thread_find(id);

    if (run_is_over)
        return pthread_sigqueue(id, signal, value);
    return target == NULL ? ESRCH : send_signal(target, signal, value, CALLER);
}

// Only the program itself and what it has started: nobody else is its business
// while it is explored.
int interleave_kill(pid_t process, int signal)
{
    if (run_is_over)
        return kill(process, signal);
    if (process_is_own(process))
        return in_errno(send_signal(NULL, signal, nothing, CALLER));
    return process_is_child(process) || signal == 0 ? kill(process, signal)
                                                    : in_errno(EPERM);
}

int interleave_killpg(pid_t group, int signal)
{
    return interleave_kill(-group, signal);
}

int interleave_sigqueue(pid_t process, int signal, const union sigval value)
{
    if (run_is_over || !process_is_own(process))
        return sigqueue(process, signal, value);
    return in_errno(send_signal(NULL, signal, value, CALLER));
}

// ---- waiting ----

static uint64_t bits_of(const sigset_t *set)
{
    uint64_t bits = 0;

    for (int i = 1; i <= 64; i++)
        if (sigismember(set, i) == 1)
            bits |= UINT64_C(1) << (i - 1);
    return bits;
}

static bool has_come(const struct thread *thread)
{
    return sending_waits(thread, thread->op.argument);
}

// Returns the signal, or 0 if time was up or a handler ran.
static int wait_for(const sigset_t *set, siginfo_t *sent, bool timed,
                    int64_t until, uint64_t pc)
{
    uint64_t wanted = bits_of(set), blocked = thread_self->blocked_signals;

    thread_self->blocked_signals |= wanted;
    baton_point((struct op){.deed = DEED_SIGWAIT,
                            .pc = pc,
                            .enabled = has_come,
                            .argument = wanted,
                            .cancels = true,
                            .interruptible = INTERRUPT_ALWAYS,
                            .lazy = timed,
                            .deadline = until});
    thread_self->blocked_signals = blocked;
    return sending_take(wanted, sent);
}

int interleave_sigwait(const sigset_t *set, int *signal)
{
    if (run_is_over)
        return sigwait(set, signal);
    while ((*signal = wait_for(set, NULL, false, 0, CALLER)) == 0)
        continue;
    return 0;
}

int interleave_sigwaitinfo(const sigset_t *set, siginfo_t *sent)
{
    if (run_is_over)
        return sigwaitinfo(set, sent);
    int signal = wait_for(set, sent, false, 0, CALLER);
    return signal != 0 ? signal : in_errno(EINTR);
}

int interleave_sigtimedwait(const sigset_t *set, siginfo_t *sent,
                            const struct timespec *time)
{
    if (run_is_over)
        return sigtimedwait(set, sent, time);
    if (time == NULL)
        return interleave_sigwaitinfo(set, sent);
    if (time->tv_sec < 0 || !timing_is_valid(time))
        return in_errno(EINVAL);
    int signal = wait_for(set, sent, true, timing_after(time), CALLER);
    return signal != 0 ? signal
                       : in_errno(thread_self->interrupted ? EINTR : EAGAIN);
}

static bool never(const struct thread *thread)
{
    (void)thread;
    return false;
}

static int wait_for_handler(uint64_t pc)
{
    baton_point((struct op){.deed = DEED_SIGWAIT,
                            .pc = pc,
                            .enabled = never,
                            .cancels = true,
                            .interruptible = INTERRUPT_ALWAYS});
    return in_errno(EINTR);
}

int interleave_pause(void)
{
    return run_is_over ? pause() : wait_for_handler(CALLER);
}

int interleave_sigsuspend(const sigset_t *mask)
{
    if (run_is_over)
        return sigsuspend(mask);
    uint64_t blocked = thread_self->blocked_signals;

    thread_self->blocked_signals = bits_of(mask);
    wait_for_handler(CALLER);
    thread_self->blocked_signals = blocked;
    return -1;
}
