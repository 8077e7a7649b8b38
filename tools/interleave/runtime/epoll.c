// epoll(7): waiting for many descriptors, as long as there is something
// (level-triggered), or once (EPOLLONESHOT).
//
// The descriptors that are ours are kept here. The others are in the kernel's
// set, which is there under the same number, and is asked without waiting.
#include "epoll.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "access.h"
#include "baton.h"
#include "end.h"
#include "idle.h"
#include "object.h"
#include "readiness.h"
#include "run.h"
#include "said.h"
#include "timing.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

enum { MEMBERS = 1 << 12 };

// A descriptor in a set. It stays there as long as something leads to its end.
struct member {
    int set, descriptor;
    const struct end *end;
    struct epoll_event event;
    bool armed;    // is reported when there is something
    uint64_t turn; // who was reported last, or came last, is reported last
};

static struct member members[MEMBERS];
static int count;
static uint64_t turns;

static void forget(bool (*which)(const struct member *member, int set), int set)
{
    int kept = 0;

    for (int i = 0; i < count; i++)
        if (!which(&members[i], set))
            members[kept++] = members[i];
    count = kept;
}

static bool is_in(const struct member *member, int set)
{
    return member->set == set;
}

static bool is_gone(const struct member *member, int set)
{
    (void)set;
    return member->end->references == 0;
}

void epoll_forget(int set)
{
    forget(is_in, set);
}

// What the link says: "anonymous inode" in proc_pid_fd(5).
void epoll_refuse(int descriptor)
{
    const char name[] = "anon_inode:[eventpoll]";
    char path[32], what[sizeof name];

    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    if (readlink(path, what, sizeof what) == sizeof name - 1 &&
        memcmp(what, name, sizeof name - 1) == 0)
        run_end(FINDING_UNJUDGED, "a set of epoll within another, in poll or "
                                  "select, or copied, is not handled");
}

// ---- opening ----

static int open_set(int flags, uint64_t pc)
{
    end_point_of_opening(1, pc);
    int set = epoll_create1(flags);
    if (set >= 0)
        said_descriptors(set, -1);
    return set;
}

int interleave_epoll_create1(int flags)
{
    return open_set(flags, CALLER);
}

int interleave_epoll_create(int size)
{
    if (size > 0)
        return open_set(0, CALLER);
    errno = EINVAL;
    return -1;
}

// ---- what is waited for ----

static struct member *find(int set, int descriptor)
{
    for (int i = 0; i < count; i++)
        if (members[i].set == set && members[i].descriptor == descriptor &&
            members[i].end == end_at(descriptor))
            return &members[i];
    return NULL;
}

static struct member *add(int set, int descriptor)
{
    if (count == MEMBERS)
        run_end(FINDING_UNJUDGED, "more than %d descriptors with epoll",
                MEMBERS);
    members[count] = (struct member){
        .set = set, .descriptor = descriptor, .end = end_at(descriptor)};
    return &members[count++];
}

static void arm(struct member *member, const struct epoll_event *event)
{
    if (event->events & (EPOLLET | EPOLLEXCLUSIVE))
        run_end(FINDING_UNJUDGED,
                "epoll with EPOLLET or EPOLLEXCLUSIVE is not handled "
                "(without, and EPOLLONESHOT, is)");
    member->event = *event;
    member->armed = true;
    member->turn = ++turns;
}

// Returns 0 or an error number.
static int change(int set, int operation, int descriptor,
                  const struct epoll_event *event)
{
    struct member *member = find(set, descriptor);

    if (operation == EPOLL_CTL_ADD && member != NULL)
        return EEXIST;
    if (operation != EPOLL_CTL_ADD && member == NULL)
        return ENOENT;
    if (operation == EPOLL_CTL_DEL)
        *member = members[--count];
    else
        arm(member != NULL ? member : add(set, descriptor), event);
    return 0;
}

int interleave_epoll_ctl(int set, int operation, int descriptor,
                         struct epoll_event *event)
{
    uint64_t pc = CALLER;

    if (run_is_over)
        return epoll_ctl(set, operation, descriptor, event);
    if (operation != EPOLL_CTL_DEL)
        access_memory(event, sizeof *event, false, pc);
    baton_point((struct op){.deed = DEED_REGISTER,
                            .object = end_number_object(set),
                            .second = end_number_object(descriptor),
                            .pc = pc});
    forget(is_gone, set);
    if (end_at(descriptor) == NULL) {
        epoll_refuse(descriptor);
        return epoll_ctl(set, operation, descriptor, event);
    }
    int error = change(set, operation, descriptor, event);
    said("%s", end_name(end_at(descriptor)));
    object_release(object_at((void *)(uintptr_t)end_number_object(set)));
    errno = error != 0 ? error : errno;
    return error != 0 ? -1 : 0;
}

// ---- waiting ----

static uint32_t something(const struct member *member)
{
    uint32_t wanted = member->event.events | EPOLLERR | EPOLLHUP;

    if (!member->armed || member->end->references == 0)
        return 0;
    return (uint16_t)readiness_of(member->end) & wanted;
}

// The one of the set whose turn it is; NULL: there is nothing.
static struct member *next(int set)
{
    struct member *best = NULL;

    for (int i = 0; i < count; i++)
        if (members[i].set == set && something(&members[i]) != 0 &&
            (best == NULL || members[i].turn < best->turn))
            best = &members[i];
    return best;
}

static bool has_something(const struct thread *thread)
{
    struct pollfd rest = {.fd = (int)thread->op.argument, .events = POLLIN};

    return next(rest.fd) != NULL || poll(&rest, 1, 0) > 0;
}

static void report(struct member *member, struct epoll_event *event)
{
    event->events = something(member);
    if (event->events & EPOLLIN)
        readiness_learn(member->end);
    event->data = member->event.data;
    member->turn = ++turns;
    member->armed = !(member->event.events & EPOLLONESHOT);
}

// Reports each at most once: those that are left have waited longer than those
// that have been reported.
static int take(int set, struct epoll_event *events, int most)
{
    uint64_t before = turns;
    struct member *member;
    int found = 0;

    while (found < most && (member = next(set)) != NULL &&
           member->turn <= before) {
        if (found == 0)
            said("the first is %s", end_name(member->end));
        report(member, &events[found++]);
    }
    if (found < most) {
        int rest = epoll_wait(set, events + found, most - found, 0);

        if (rest < 0)
            return -1;
        found += rest;
    }
    return found;
}

// Milliseconds; negative: for ever.
static int wait_for(int set, struct epoll_event *events, int most, int timeout,
                    uint64_t pc)
{
    int64_t patience = timeout < 0 ? FOR_EVER : timeout * INT64_C(1000000);

    baton_point((struct op){
        .deed = DEED_POLL,
        .object = end_number_object(set),
        .pc = pc,
        .enabled = patience != 0 ? has_something : NULL,
        .lazy = patience > 0,
        .deadline = timing_now() + patience,
        .cancels = true,
        .interruptible = INTERRUPT_ALWAYS,
        .argument = (uint64_t)set,
    });
    thread_self->op.enabled = NULL;
    bool interrupted = thread_self->interrupted;
    forget(is_gone, set);
    int found = take(set, events, most);
    idle_note(thread_self, found > 0);
    if (found > 0) {
        object_acquire(object_at((void *)(uintptr_t)end_number_object(set)));
        access_memory(events, (uint64_t)found * sizeof *events, true, pc);
    }
    if (found != 0 || !interrupted)
        return found;
    errno = EINTR;
    return -1;
}

int interleave_epoll_wait(int set, struct epoll_event *events, int most,
                          int timeout)
{
    if (run_is_over || most <= 0)
        return epoll_wait(set, events, most, timeout);
    return wait_for(set, events, most, timeout, CALLER);
}

int interleave_epoll_pwait(int set, struct epoll_event *events, int most,
                           int timeout, const sigset_t *mask)
{
    if (run_is_over || most <= 0)
        return epoll_pwait(set, events, most, timeout, mask);
    return wait_for(set, events, most, timeout, CALLER);
}
