// Waiting for several descriptors.
//
// Like Linux, a call that waits looks the descriptors up when it begins, and
// keeps what they lead to. Those that are not ours the kernel is asked about.
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <time.h>

#include "access.h"
#include "baton.h"
#include "call.h"
#include "idle.h"
#include "object.h"
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

static short events_of_listener(const struct end *end)
{
    return end->shut ? POLLIN | POLLHUP
                     : (short)(end->waiting > 0 ? POLLIN : 0);
}

static short events_of_pipe(const struct end *end)
{
    short events = 0;

    if (end->in != NULL && end->in->count > 0)
        events |= POLLIN;
    if (end->in != NULL && end->in->ended)
        events |= POLLHUP;
    if (end->out != NULL && (stream_room(end->out) > 0 || end->out->unread))
        events |= POLLOUT;
    if (end->out != NULL && end->out->unread)
        events |= POLLERR;
    return events;
}

// tcp_poll and unix_poll in Linux.
static short events_of(const struct end *end)
{
    short events = 0;

    if (end->state == END_LISTENING)
        return events_of_listener(end);
    if (end->state == END_PIPE)
        return events_of_pipe(end);
    if (end->error != 0)
        events |= POLLERR;
    if (end->state == END_FRESH)
        return events | POLLOUT | POLLHUP;
    if (end_is_readable(end))
        events |= POLLIN;
    if (end->in->ended)
        events |= POLLIN | POLLRDHUP;
    if (end_is_writable(end))
        events |= POLLOUT;
    bool ended =
        end->out->ended || (end->family == AF_UNIX && end->out->unread);
    if (end->reset || (end->in->ended && ended))
        events |= POLLHUP;
    return events;
}

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
            item->revents = events_of(list->end[i]) & wanted(item->events);
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
    }
}

static void let_go(const struct list *list, uint64_t pc)
{
    for (nfds_t i = 0; i < list->count; i++)
        if (list->end[i] != NULL)
            end_drop(list->end[i], pc);
}

// Who learns that there is something knows what came before it.
static void learn(const struct list *list)
{
    for (nfds_t i = 0; i < list->count; i++) {
        const struct end *end = list->end[i];

        if (end == NULL || !(list->item[i].revents & POLLIN))
            continue;
        if (end->in != NULL)
            object_acquire(object_at(end->in));
        else
            object_acquire(object_at((void *)(uintptr_t)end_doors_object()));
    }
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
        .enabled = patience == FOR_EVER ? has_something : NULL,
        .ready = has_something,
        .lazy = patience > 0,
        .argument = (uint64_t)(uintptr_t)list,
    });
    thread_self->op.enabled = thread_self->op.ready = NULL;
    int found = look(list);
    idle_note(thread_self, found > 0);
    if (found == 0 && patience > 0)
        timing_pass(patience);
    learn(list);
    say(list, found);
    let_go(list, pc);
    return found;
}

static int poll_all(struct pollfd *items, nfds_t count, int64_t patience,
                    uint64_t pc)
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

// ---- select ----

static bool is_in(const fd_set *set, int descriptor)
{
    return set != NULL && FD_ISSET(descriptor, set);
}

static nfds_t list_of(int count, const fd_set *in, const fd_set *out,
                      const fd_set *other, struct pollfd *items)
{
    nfds_t used = 0;

    for (int i = 0; i < count; i++) {
        short events = (short)((is_in(in, i) ? POLLIN : 0) |
                               (is_in(out, i) ? POLLOUT : 0) |
                               (is_in(other, i) ? POLLPRI : 0));
        if (events != 0)
            items[used++] = (struct pollfd){.fd = i, .events = events};
    }
    return used;
}

// Leaves in the set what has one of the events. Returns how many.
static int answer(fd_set *set, const struct pollfd *items, nfds_t count,
                  short asked, short events)
{
    int found = 0;

    for (nfds_t i = 0; set != NULL && i < count; i++) {
        if (!(items[i].events & asked))
            continue;
        if (items[i].revents & events)
            found++;
        else
            FD_CLR(items[i].fd, set);
    }
    return found;
}

static int select_all(int count, fd_set *in, fd_set *out, fd_set *other,
                      int64_t patience, uint64_t pc)
{
    struct pollfd items[FD_SETSIZE];
    nfds_t used =
        list_of(count < FD_SETSIZE ? count : FD_SETSIZE, in, out, other, items);

    if (poll_all(items, used, patience, pc) < 0)
        return -1;
    for (nfds_t i = 0; i < used; i++)
        if (items[i].revents & POLLNVAL) {
            errno = EBADF;
            return -1;
        }
    return answer(in, items, used, POLLIN, POLLIN | POLLHUP | POLLERR) +
           answer(out, items, used, POLLOUT, POLLOUT | POLLERR) +
           answer(other, items, used, POLLPRI, POLLPRI);
}

int interleave_select(int count, fd_set *in, fd_set *out, fd_set *other,
                      struct timeval *timeout)
{
    if (run_is_over)
        return select(count, in, out, other, timeout);
    int64_t patience = timeout == NULL ? FOR_EVER
                                       : timeout->tv_sec * INT64_C(1000000000) +
                                             timeout->tv_usec * INT64_C(1000);
    return select_all(count, in, out, other, patience, CALLER);
}

int interleave_pselect(int count, fd_set *in, fd_set *out, fd_set *other,
                       const struct timespec *timeout, const sigset_t *mask)
{
    if (run_is_over)
        return pselect(count, in, out, other, timeout, mask);
    return select_all(count, in, out, other, nanoseconds(timeout), CALLER);
}
