// Sockets: opening, listening, ending. Of stream sockets, over IPv4, IPv6 and
// Unix; others stay the system's.
#include <errno.h>
#include <netinet/in.h>
#include <unistd.h>

#include "baton.h"
#include "doors.h"
#include "object.h"
#include "run.h"
#include "said.h"
#include "socket.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

enum { FLAGS = SOCK_NONBLOCK | SOCK_CLOEXEC };

static int fail(int error)
{
    if (error == 0)
        return 0;
    errno = error;
    return -1;
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

int socket_open(struct end *end, int flags)
{
    int descriptor = socket(AF_UNIX, SOCK_STREAM | (flags & FLAGS), 0);

    if (descriptor >= 0)
        end_set(descriptor, end);
    return descriptor;
}

int interleave_socket(int domain, int type, int protocol)
{
    if (!is_ours(domain, type))
        return socket(domain, type, protocol);
    end_point_of_opening(1, CALLER);
    int descriptor = socket_open(end_new(END_FRESH, domain), type);
    if (descriptor >= 0)
        said_descriptors(descriptor, -1);
    return descriptor;
}

int interleave_socketpair(int domain, int type, int protocol, int pair[2])
{
    if (!is_ours(domain, type) || domain != AF_UNIX)
        return socketpair(domain, type, protocol, pair);
    end_point_of_opening(2, CALLER);
    if (socketpair(domain, type, protocol, pair) < 0)
        return -1;
    struct end *one = end_new(END_FRESH, domain);
    struct end *other = end_new(END_FRESH, domain);
    end_join(one, other);
    end_set(pair[0], one);
    end_set(pair[1], other);
    said_descriptors(pair[0], pair[1]);
    return 0;
}

// ---- listening ----

static void point_at_doors(enum deed deed, uint64_t pc)
{
    baton_point(
        (struct op){.deed = deed, .object = end_doors_object(), .pc = pc});
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
    if (!address_read(&wanted, address, size))
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
        end->shut = true;
    if (how == SHUT_RD && end->family == AF_UNIX)
        end_finish_input(end);
}

// Waits for the turn to look which end the descriptor leads to.
static struct end *look_up(int descriptor, uint64_t pc)
{
    baton_point((struct op){
        .deed = DEED_SHUT, .object = end_number_object(descriptor), .pc = pc});
    said_descriptors(descriptor, -1);
    return end_at(descriptor);
}

int interleave_shutdown(int descriptor, int how)
{
    struct end *end =
        run_is_over ? end_at(descriptor) : look_up(descriptor, CALLER);

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
        return fail(end->state == END_PIPE   ? ENOTSOCK
                    : end->family == AF_UNIX ? 0
                                             : ENOTCONN);
    if (end->reset)
        return fail(ENOTCONN);
    end->connecting = false;
    if (how != SHUT_WR)
        shut_one_way(end, SHUT_RD, CALLER);
    if (how != SHUT_RD)
        shut_one_way(end, SHUT_WR, CALLER);
    return 0;
}
