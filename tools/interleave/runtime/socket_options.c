// Names and options of sockets. Those that the model has no use for are the
// placeholder's, or are accepted and forgotten.
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/time.h>

#include "address.h"
#include "end.h"

static int fail(int error)
{
    errno = error;
    return -1;
}

static int tell(const struct address *from, int family, struct sockaddr *to,
                socklen_t *size)
{
    struct address unnamed = {.size = sizeof(sa_family_t)};

    unnamed.any.sa_family = (sa_family_t)family;
    if (family == AF_INET)
        unnamed.size = sizeof unnamed.four;
    else if (family == AF_INET6)
        unnamed.size = sizeof unnamed.six;
    if (from->size == 0)
        from = &unnamed;
    address_give(from, to, size);
    return 0;
}

int interleave_getsockname(int descriptor, struct sockaddr *address,
                           socklen_t *size)
{
    const struct end *end = end_at(descriptor);

    if (end == NULL)
        return getsockname(descriptor, address, size);
    if (end->state == END_PIPE)
        return fail(ENOTSOCK);
    return tell(&end->here, end->family, address, size);
}

int interleave_getpeername(int descriptor, struct sockaddr *address,
                           socklen_t *size)
{
    const struct end *end = end_at(descriptor);

    if (end == NULL)
        return getpeername(descriptor, address, size);
    if (end->state == END_PIPE)
        return fail(ENOTSOCK);
    if (end->state != END_CONNECTED || end->reset)
        return fail(ENOTCONN);
    return tell(&end->there, end->family, address, size);
}

static int64_t patience_of(const struct timeval *time)
{
    int64_t patience =
        time->tv_sec * INT64_C(1000000000) + time->tv_usec * INT64_C(1000);

    return patience > 0 ? patience : FOR_EVER;
}

static void note_option(struct end *end, int name, const void *value,
                        socklen_t size)
{
    struct timeval time;
    int number = 0;

    if (size >= sizeof number)
        memcpy(&number, value, sizeof number);
    if (name == SO_REUSEADDR)
        end->reuses = number != 0;
    if ((name != SO_RCVTIMEO && name != SO_SNDTIMEO) || size < sizeof time)
        return;
    memcpy(&time, value, sizeof time);
    if (name == SO_RCVTIMEO)
        end->input_patience = patience_of(&time);
    else
        end->output_patience = patience_of(&time);
}

int interleave_setsockopt(int descriptor, int level, int name,
                          const void *value, socklen_t size)
{
    struct end *end = end_at(descriptor);

    if (end == NULL || end->state == END_PIPE)
        return setsockopt(descriptor, level, name, value, size);
    if (level == SOL_SOCKET) {
        if (setsockopt(descriptor, level, name, value, size) < 0)
            return -1;
        note_option(end, name, value, size);
        return 0;
    }
    if (size < sizeof(int))
        return fail(EINVAL);
    if (level != IPPROTO_IPV6 || name != IPV6_V6ONLY)
        return 0;
    if (end->family != AF_INET6)
        return fail(ENOPROTOOPT);
    if (end->bound)
        return fail(EINVAL);
    end->only_ipv6 = *(const int *)value != 0;
    return 0;
}

static int take_error(struct end *end)
{
    int error = end->error;

    end->error = 0;
    return error;
}

// Whether the model knows the option, and what it is.
static bool has_option(struct end *end, int level, int name, int *number)
{
    if (level == SOL_SOCKET && name == SO_ERROR)
        *number = take_error(end);
    else if (level == SOL_SOCKET && name == SO_ACCEPTCONN)
        *number = end->state == END_LISTENING;
    else if (level == SOL_SOCKET && name == SO_DOMAIN)
        *number = end->family;
    else if (level == SOL_SOCKET && name == SO_PROTOCOL)
        *number = end->family == AF_UNIX ? 0 : IPPROTO_TCP;
    else if (level == IPPROTO_IPV6 && name == IPV6_V6ONLY)
        *number = end->only_ipv6;
    else if (level != SOL_SOCKET)
        *number = 0;
    else
        return false;
    return true;
}

int interleave_getsockopt(int descriptor, int level, int name, void *value,
                          socklen_t *size)
{
    struct end *end = end_at(descriptor);
    int number;

    if (end == NULL || end->state == END_PIPE ||
        !has_option(end, level, name, &number))
        return getsockopt(descriptor, level, name, value, size);
    if (*size > sizeof number)
        *size = sizeof number;
    memcpy(value, &number, *size);
    return 0;
}
