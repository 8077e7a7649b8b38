// Sockets: how they come to be connected. Of stream sockets, over IPv4, IPv6
// and Unix; others stay the system's.
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "baton.h"
#include "call.h"
#include "doors.h"
#include "object.h"
#include "run.h"
#include "said.h"
#include "socket.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

enum { FLAGS = SOCK_NONBLOCK | SOCK_CLOEXEC };

static int fail(int error)
{
    errno = error;
    return error == 0 ? 0 : -1;
}

static struct object *doors(void)
{
    return object_at((void *)(uintptr_t)end_doors_object());
}

// ---- new ones ----

static bool is_ours(int domain, int type)
{
    return !run_is_over && (type & ~FLAGS) == SOCK_STREAM &&
           (domain == AF_INET || domain == AF_INET6 || domain == AF_UNIX);
}

// A descriptor for an end; -1 if there is none left.
static int open_placeholder(struct end *end, int flags)
{
    int descriptor = socket(AF_UNIX, SOCK_STREAM | (flags & FLAGS), 0);

    if (descriptor >= 0)
        end_set(descriptor, end);
    return descriptor;
}

static void point_of_opening(uint64_t pc)
{
    baton_point((struct op){
        .deed = DEED_OPEN, .object = end_numbers_object(), .pc = pc});
}

int interleave_socket(int domain, int type, int protocol)
{
    if (!is_ours(domain, type))
        return socket(domain, type, protocol);
    point_of_opening(CALLER);
    return open_placeholder(end_new(END_FRESH, domain), type);
}

int interleave_socketpair(int domain, int type, int protocol, int pair[2])
{
    if (!is_ours(domain, type) || domain != AF_UNIX)
        return socketpair(domain, type, protocol, pair);
    point_of_opening(CALLER);
    if (socketpair(domain, type, protocol, pair) < 0)
        return -1;
    struct end *one = end_new(END_FRESH, domain);
    struct end *other = end_new(END_FRESH, domain);
    end_join(one, other);
    end_set(pair[0], one);
    end_set(pair[1], other);
    return 0;
}

// ---- listening ----

static void point_at_doors(enum deed deed, uint64_t pc)
{
    baton_point(
        (struct op){.deed = deed, .object = end_doors_object(), .pc = pc});
}

static bool read_address(struct address *address, const struct sockaddr *from,
                         socklen_t size)
{
    memset(address, 0, sizeof *address);
    if (size > sizeof address->storage || size < sizeof from->sa_family)
        return false;
    memcpy(&address->storage, from, size);
    address->size = size;
    return true;
}

int interleave_bind(int descriptor, const struct sockaddr *address,
                    socklen_t size)
{
    if (end_at(descriptor) == NULL)
        return bind(descriptor, address, size);
    point_at_doors(DEED_LISTEN, CALLER);
    struct end *end = end_at(descriptor);
    struct address wanted;
    if (end == NULL)
        return fail(EBADF);
    if (!read_address(&wanted, address, size))
        return fail(EINVAL);
    return fail(doors_bind(end, &wanted));
}

int interleave_listen(int descriptor, int backlog)
{
    if (end_at(descriptor) == NULL)
        return listen(descriptor, backlog);
    point_at_doors(DEED_LISTEN, CALLER);
    struct end *end = end_at(descriptor);
    int error = end == NULL ? EBADF : doors_listen(end, backlog);
    object_release(doors());
    return fail(error);
}

// ---- accepting ----

static void give_address(const struct address *from, struct sockaddr *to,
                         socklen_t *size)
{
    if (to == NULL || size == NULL)
        return;
    memcpy(to, &from->storage, *size < from->size ? *size : from->size);
    *size = from->size;
}

static bool may_accept(const struct end *end, size_t least)
{
    (void)least;
    return end_is_readable(end);
}

// Linux takes the descriptor before it waits: without one it does not wait.
static bool has_descriptor(void)
{
    int descriptor = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);

    if (descriptor >= 0)
        close(descriptor);
    return descriptor >= 0 || errno != EMFILE;
}

static struct end *take_first(struct end *listener)
{
    struct end *end = listener->queue;

    listener->queue = end->next;
    listener->waiting--;
    end->next = NULL;
    object_acquire(doors());
    return end;
}

static int accept_one(struct end *listener, int flags, struct sockaddr *address,
                      socklen_t *size)
{
    if (listener->state != END_LISTENING || listener->shut)
        return fail(EINVAL);
    if (listener->queue == NULL)
        return fail(has_descriptor() ? EAGAIN : EMFILE);
    int descriptor = open_placeholder(listener->queue, flags);
    if (descriptor < 0)
        return -1;
    struct end *end = take_first(listener);
    give_address(&end->there, address, size);
    said("%s", end_name(end));
    return descriptor;
}

static int accept_call(int descriptor, struct sockaddr *address,
                       socklen_t *size, int flags, uint64_t pc)
{
    struct end *end = end_at(descriptor);
    struct call call = {.deed = DEED_ACCEPT,
                        .descriptor = descriptor,
                        .object = end_doors_object(),
                        .second = end_numbers_object(),
                        .pc = pc,
                        .ready = may_accept};
    bool ready;

    if (end->state != END_LISTENING)
        return fail(EINVAL);
    call.patience = call_patience(descriptor, end->input_patience);
    if (!has_descriptor())
        call.patience = 0;
    end = call_await(&call, &ready);
    int accepted = end == NULL ? -1 : accept_one(end, flags, address, size);
    call_done();
    return accepted;
}

int interleave_accept4(int descriptor, struct sockaddr *address,
                       socklen_t *size, int flags)
{
    if (end_at(descriptor) == NULL)
        return accept4(descriptor, address, size, flags);
    return accept_call(descriptor, address, size, flags, CALLER);
}

int interleave_accept(int descriptor, struct sockaddr *address, socklen_t *size)
{
    if (end_at(descriptor) == NULL)
        return accept(descriptor, address, size);
    return accept_call(descriptor, address, size, 0, CALLER);
}

// ---- connecting ----

// end->there is where it wants to go.
static int find_listener(const struct end *end, struct end **listener)
{
    return doors_find(&end->there, listener);
}

static bool may_connect(const struct end *end, size_t least)
{
    struct end *listener;

    (void)least;
    return find_listener(end, &listener) != 0 || doors_has_room(listener);
}

void socket_connect(struct end *end, struct end *listener)
{
    struct end *accepted = end_new(END_CONNECTED, listener->family);
    struct end **last = &listener->queue;

    doors_bind_any(end);
    end_join(end, accepted);
    doors_introduce(end, listener, accepted);
    accepted->client = end->client;
    end->client = 0;
    while (*last != NULL)
        last = &(*last)->next;
    *last = accepted;
    listener->waiting++;
    object_release(doors());
}

// A connect that does not wait says so first: connect(2).
static int connect_end(struct end *end, bool waits)
{
    struct end *listener;
    int error = find_listener(end, &listener);

    if (error == 0 && !doors_has_room(listener))
        return EAGAIN;
    if (error == 0)
        socket_connect(end, listener);
    else
        object_acquire(doors());
    if (waits || end->family == AF_UNIX)
        return error;
    end->connecting = error == 0;
    end->error = error;
    return EINPROGRESS;
}

static int connect_call(int descriptor, uint64_t pc)
{
    struct call call = {.deed = DEED_CONNECT,
                        .descriptor = descriptor,
                        .object = end_doors_object(),
                        .pc = pc,
                        .ready = may_connect};
    bool ready;

    call.patience = call_patience(descriptor, FOR_EVER);
    struct end *end = call_await(&call, &ready);
    int error = end == NULL ? EBADF : connect_end(end, call.patience != 0);
    call_done();
    return fail(error);
}

int interleave_connect(int descriptor, const struct sockaddr *address,
                       socklen_t size)
{
    struct end *end = end_at(descriptor);

    if (end == NULL)
        return connect(descriptor, address, size);
    if (end->connecting) {
        end->connecting = false;
        return 0;
    }
    if (end->state != END_FRESH)
        return fail(EISCONN);
    if (!read_address(&end->there, address, size))
        return fail(EINVAL);
    if (address->sa_family != end->family)
        return fail(EAFNOSUPPORT);
    return connect_call(descriptor, CALLER);
}

// ---- ending ----

static void shut_one_way(struct end *end, int how, uint64_t pc)
{
    struct stream *stream = how == SHUT_RD ? end->in : end->out;

    baton_point((struct op){
        .deed = DEED_SHUT, .object = (uint64_t)(uintptr_t)stream, .pc = pc});
    said("the %s %s", how == SHUT_RD ? "input from" : "output to",
         end_name(end));
    if (how == SHUT_WR)
        end_finish_output(end);
    else
        stream_end(end->in);
    if (how == SHUT_RD && end->family == AF_UNIX)
        end_finish_input(end);
}

int interleave_shutdown(int descriptor, int how)
{
    struct end *end = end_at(descriptor);

    if (end == NULL)
        return shutdown(descriptor, how);
    if (how != SHUT_RD && how != SHUT_WR && how != SHUT_RDWR)
        return fail(EINVAL);
    if (end->state == END_LISTENING) {
        point_at_doors(DEED_SHUT, CALLER);
        end->shut = end->shut || how != SHUT_WR;
        return 0;
    }
    if (end->state != END_CONNECTED)
        return fail(end->state == END_PIPE ? ENOTSOCK : ENOTCONN);
    if (end->reset)
        return fail(ENOTCONN);
    if (how != SHUT_WR)
        shut_one_way(end, SHUT_RD, CALLER);
    if (how != SHUT_RD)
        shut_one_way(end, SHUT_WR, CALLER);
    return 0;
}
