// select: poll in other words.
#include <errno.h>
#include <signal.h>
#include <sys/select.h>
#include <time.h>

#include "end.h"
#include "poll_all.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

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
    int64_t patience = timeout == NULL ? FOR_EVER
                                       : timeout->tv_sec * INT64_C(1000000000) +
                                             timeout->tv_nsec;
    return select_all(count, in, out, other, patience, CALLER);
}
