// Accepting and connecting.
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "call.h"
#include "doors.h"
#include "object.h"
#include "run.h"
#include "said.h"
#include "socket.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

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

// ---- accepting ----

static bool may_accept(const struct end *end, size_t least)
{
    (void)least;
    return end->state != END_LISTENING || end_is_readable(end);
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
    int descriptor = socket_open(listener->queue, flags);
    if (descriptor < 0)
        return -1;
    struct end *end = take_first(listener);
    address_give(&end->there, address, size);
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
                        .second = end_numbers_object(), // see end_foresee
                        .pc = pc,
                        .ready = may_accept};
    bool ready;

    if (end->state == END_PIPE)
        return fail(ENOTSOCK);
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
    if (!end_is_ours(descriptor, CALLER))
        return accept4(descriptor, address, size, flags);
    return accept_call(descriptor, address, size, flags, CALLER);
}

int interleave_accept(int descriptor, struct sockaddr *address, socklen_t *size)
{
    if (!end_is_ours(descriptor, CALLER))
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
    end->connecting = true;
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
    int error = end == NULL ? errno : connect_end(end, call.patience != 0);
    call_done();
    return fail(error);
}

// What a second connect says after the first one has said EINPROGRESS.
static int result_of_connecting(struct end *end)
{
    int error = end->error;

    if (error == 0 && end->state == END_FRESH)
        error = ECONNABORTED; // somebody has taken it with SO_ERROR
    end->connecting = false;
    end->error = 0;
    return error;
}

int interleave_connect(int descriptor, const struct sockaddr *address,
                       socklen_t size)
{
    struct end *end = end_at(descriptor);

    if (end == NULL)
        return connect(descriptor, address, size);
    if (end->connecting)
        return fail(result_of_connecting(end));
    if (end->state == END_PIPE)
        return fail(ENOTSOCK);
    if (end->state == END_LISTENING && end->family == AF_UNIX)
        return fail(EINVAL);
    if (end->state != END_FRESH)
        return fail(EISCONN);
    if (!address_read(&end->there, address, size))
        return fail(EINVAL);
    if (address->sa_family != end->family)
        return fail(EAFNOSUPPORT);
    return connect_call(descriptor, CALLER);
}
