// Waiting for several descriptors.
//
// Like Linux, a call that waits looks the descriptors up when it begins, and
// keeps what they lead to. Those that are not ours the kernel is asked about.
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "access.h"
#include "baton.h"
#include "call.h"
#include "epoll.h"
#include "idle.h"
#include "poll_all.h"
#include "readiness.h"
#include "run.h"
#include "said.h"
#include "timing.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

struct list {
    struct pollfd *item;
    struct end **end; // of each item; NULL: not ours
    nfds_t count;
};

// ---- what is so ----

static short wanted(short events)
{
    if (events & POLLRDNORM)
        events |= POLLIN;
    if (events & POLLWRNORM)
        events |= POLLOUT;
    return events | POLLERR | POLLHUP | POLLNVAL;
}

// Writes what is so into the list; returns how many items have something.
static int look(const struct list *list)
{
    int found = 0;

    for (nfds_t i = 0; i < list->count; i++) {
        struct pollfd *item = &list->item[i];

        item->revents = 0;
        if (list->end[i] != NULL)
            item->revents = readiness_of(list->end[i]) & wanted(item->events);
        else if (item->fd >= 0)
            poll(item, 1, 0);
        if (item->revents & POLLIN)
            item->revents |= item->events & POLLRDNORM;
        if (item->revents & POLLOUT)
            item->revents |= item->events & POLLWRNORM;
        found += item->revents != 0;
    }
    return found;
}

// ---- waiting ----

static bool has_something(const struct thread *thread)
{
    return look((const struct list *)(uintptr_t)thread->op.argument) > 0;
}

static void keep(const struct list *list)
{
    for (nfds_t i = 0; i < list->count; i++) {
        list->end[i] = end_at(list->item[i].fd);
        if (list->end[i] != NULL)
            list->end[i]->references++;
        else if (list->item[i].fd >= 0)
            epoll_refuse(list->item[i].fd);
    }
}

static void let_go(const struct list *list, uint64_t pc)
{
    for (nfds_t i = 0; i < list->count; i++)
        if (list->end[i] != NULL)
            end_drop(list->end[i], pc);
}

static void learn(const struct list *list)
{
    for (nfds_t i = 0; i < list->count; i++)
        if (list->end[i] != NULL && list->item[i].revents & POLLIN)
            readiness_learn(list->end[i]);
}

static void say(const struct list *list, int found)
{
    for (nfds_t i = 0; i < list->count; i++)
        if (list->item[i].revents != 0) {
            const struct end *end = list->end[i];
            said("%d of %d; the first is %s", found, (int)list->count,
                 end == NULL                   ? "a file"
                 : end->state == END_LISTENING ? "the listener"
                                               : end_name(end));
            return;
        }
    said("none of %d", (int)list->count);
}

// Nanoseconds, or FOR_EVER.
static int wait_for(const struct list *list, int64_t patience, uint64_t pc)
{
    keep(list);
    baton_point((struct op){
        .deed = DEED_POLL,
        .object = (uint64_t)(uintptr_t)list->item,
        .pc = pc,
        .enabled = patience != 0 ? has_something : NULL,
        .lazy = patience > 0,
        .deadline = timing_now() + patience,
        .cancels = true,
        .interruptible = INTERRUPT_ALWAYS,
        .argument = (uint64_t)(uintptr_t)list,
    });
    thread_self->op.enabled = NULL;
    bool interrupted = thread_self->interrupted;
    int found = look(list);
    idle_note(thread_self, found > 0);
    learn(list);
    say(list, found);
    let_go(list, pc);
    if (!interrupted || found > 0)
        return found;
    errno = EINTR;
    return -1;
}

int poll_all(struct pollfd *items, nfds_t count, int64_t patience, uint64_t pc)
{
    struct end **ends = calloc(count > 0 ? count : 1, sizeof(struct end *));

    if (ends == NULL) {
        errno = ENOMEM;
        return -1;
    }
    const struct list list = {items, ends, count};
    access_memory(items, count * sizeof *items, true, pc);
    int found = wait_for(&list, patience, pc);
    free(ends);
    return found;
}

static int64_t nanoseconds(const struct timespec *time)
{
    return time == NULL ? FOR_EVER
                        : time->tv_sec * INT64_C(1000000000) + time->tv_nsec;
}

// ---- poll ----

int interleave_poll(struct pollfd *items, nfds_t count, int timeout)
{
    if (run_is_over)
        return poll(items, count, timeout);
    return poll_all(items, count,
                    timeout < 0 ? FOR_EVER : timeout * INT64_C(1000000),
                    CALLER);
}

int interleave_ppoll(struct pollfd *items, nfds_t count,
                     const struct timespec *timeout, const sigset_t *mask)
{
    if (run_is_over)
        return ppoll(items, count, timeout, mask);
    return poll_all(items, count, nanoseconds(timeout), CALLER);
}
