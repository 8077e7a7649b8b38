#include "transfer.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "access.h"
#include "baton.h"
#include "call.h"
#include "run.h"
#include "said.h"

static ssize_t fail(int error)
{
    errno = error;
    return -1;
}

static size_t size_of(const struct iovec *parts, int count)
{
    size_t size = 0;

    for (int i = 0; i < count; i++)
        size += parts[i].iov_len;
    return size;
}

static char *room_for(size_t size)
{
    char *room = malloc(size > 0 ? size : 1);

    if (room == NULL)
        run_end(FINDING_UNJUDGED, "no memory left to read or write");
    return room;
}

// ---- in ----

static int error_of_unconnected(const struct end *end)
{
    if (end->state == END_PIPE)
        return EBADF;
    return end->family == AF_UNIX ? EINVAL : ENOTCONN;
}

static bool may_read(const struct end *end, size_t least)
{
    (void)least;
    return end_is_readable(end);
}

// What was read goes into the program's memory, from `done` on: that may be
// where another thread reads.
static void scatter(const struct iovec *parts, int count, size_t done,
                    const char *bytes, size_t size, uint64_t pc)
{
    for (int i = 0; i < count && size > 0; i++) {
        size_t length = parts[i].iov_len;

        if (done >= length) {
            done -= length;
            continue;
        }
        length = length - done < size ? length - done : size;
        char *place = (char *)parts[i].iov_base + done;
        access_memory(place, length, true, pc);
        memcpy(place, bytes, length);
        bytes += length;
        size -= length;
        done = 0;
    }
}

static ssize_t read_end(struct end *end, char *bytes, size_t size, bool stays)
{
    struct stream *in = end->in;

    if (in == NULL)
        return fail(error_of_unconnected(end));
    if (in->count > 0) {
        size_t length =
            stays ? stream_peek(in, bytes, size) : stream_take(in, bytes, size);
        said_bytes(bytes, length, "from", end_name(end));
        return (ssize_t)length;
    }
    if (end->error != 0 && (end->error != EPIPE || !in->ended)) {
        int error = end->error;
        end->error = 0;
        return fail(error);
    }
    if (!in->ended && !end->shut)
        return fail(EAGAIN);
    stream_see_end(in);
    said("end of file from %s", end_name(end));
    return 0;
}

static ssize_t read_once(struct call *call, char *bytes, size_t size, int flags)
{
    bool ready;
    struct end *end = call_await(call, &ready);
    ssize_t length =
        end == NULL ? -1 : read_end(end, bytes, size, flags & MSG_PEEK);

    if (end != NULL && end->client > 0)
        thread_self->serves = end->client;
    call_done();
    return length;
}

ssize_t transfer_in(int descriptor, const struct iovec *parts, int count,
                    int flags, uint64_t pc)
{
    const struct end *end = end_at(descriptor);
    size_t size = size_of(parts, count), done = 0;
    struct call call = {.deed = DEED_INPUT,
                        .descriptor = descriptor,
                        .object = (uint64_t)(uintptr_t)end->in,
                        .pc = pc,
                        .ready = may_read};
    ssize_t length;

    if (end->in == NULL)
        return fail(error_of_unconnected(end));
    if (size == 0)
        return 0;
    call.patience = flags & MSG_DONTWAIT
                        ? 0
                        : call_patience(descriptor, end->input_patience);
    char *bytes = room_for(size < STREAM_SIZE ? size : STREAM_SIZE);
    do {
        size_t rest = size - done;
        length = read_once(&call, bytes,
                           rest < STREAM_SIZE ? rest : STREAM_SIZE, flags);
        if (length > 0)
            scatter(parts, count, done, bytes, (size_t)length, pc);
        done += length > 0 ? (size_t)length : 0;
    } while (length > 0 && flags & MSG_WAITALL && done < size);
    int error = errno;
    free(bytes);
    errno = error;
    return done > 0 ? (ssize_t)done : length;
}

// ---- out ----

// At most PIPE_BUF bytes go into a pipe as a whole, or not yet: pipe(7).
static bool may_write(const struct end *end, size_t least)
{
    if (end->state == END_PIPE && end->out != NULL && least <= PIPE_BUF &&
        !end->out->unread)
        return stream_room(end->out) >= least;
    return end_is_writable(end);
}

// Nobody reads any more. By default that ends the process: signal(7).
static ssize_t break_pipe(const struct end *end, int flags)
{
    struct sigaction action;
    sigset_t blocked;

    if (flags & MSG_NOSIGNAL || run_is_over)
        return fail(EPIPE);
    sigaction(SIGPIPE, NULL, &action);
    pthread_sigmask(SIG_BLOCK, NULL, &blocked);
    if (action.sa_handler == SIG_DFL && !sigismember(&blocked, SIGPIPE))
        run_end(FINDING_CRASH,
                "SIGPIPE: %s writes to %s, where nobody reads any more",
                thread_self->name, end_name(end));
    raise(SIGPIPE);
    return fail(EPIPE);
}

// Has called shutdown(2) for both directions: then data makes it a reset.
static bool is_deaf(const struct end *peer)
{
    return peer != NULL && peer->family != AF_UNIX && peer->shut &&
           peer->state == END_CONNECTED && peer->out->ended;
}

// As tcp_sendmsg in Linux: the first write after the other side has closed gets
// through, and brings back the news that the connection is gone.
static ssize_t write_end(struct end *end, const char *bytes, size_t size,
                         int flags)
{
    struct stream *out = end->out;
    bool is_tcp = end->state == END_CONNECTED && end->family != AF_UNIX;

    if (out == NULL && end->family == AF_UNIX)
        return fail(ENOTCONN);
    if (end->error != 0 && end->error != EPIPE) {
        int error = end->error;
        end->error = 0;
        return fail(error);
    }
    if (out == NULL || out->ended || end->reset || (out->unread && !is_tcp)) {
        end->error = 0;
        said("to %s, which is gone", end_name(end));
        return break_pipe(end, flags);
    }
    if (out->unread || is_deaf(end->peer)) {
        if (end->peer != NULL)
            end_fail(end->peer);
        end_fail(end);
        said_bytes(bytes, size, "to", end_name(end));
        return (ssize_t)size;
    }
    if (!may_write(end, size))
        return fail(EAGAIN);
    size_t length = stream_put(out, bytes, size);
    said_bytes(bytes, length, "to", end_name(end));
    return (ssize_t)length;
}

static ssize_t write_once(struct call *call, const char *bytes, size_t size,
                          int flags)
{
    bool ready;

    call->least = size;
    struct end *end = call_await(call, &ready);
    ssize_t length = end == NULL ? -1 : write_end(end, bytes, size, flags);
    call_done();
    return length;
}

static char *gather(const struct iovec *parts, int count, size_t size,
                    uint64_t pc)
{
    char *bytes = room_for(size);
    size_t done = 0;

    for (int i = 0; i < count; i++) {
        access_memory(parts[i].iov_base, parts[i].iov_len, false, pc);
        memcpy(bytes + done, parts[i].iov_base, parts[i].iov_len);
        done += parts[i].iov_len;
    }
    return bytes;
}

ssize_t transfer_out(int descriptor, const struct iovec *parts, int count,
                     int flags, uint64_t pc)
{
    const struct end *end = end_at(descriptor);
    size_t size = size_of(parts, count), done = 0;
    struct call call = {.deed = DEED_OUTPUT,
                        .descriptor = descriptor,
                        .object = (uint64_t)(uintptr_t)end->out,
                        .pc = pc,
                        .ready = may_write};
    ssize_t length = 0;

    if (end->out == NULL && end->state == END_PIPE)
        return fail(EBADF);
    call.patience = flags & MSG_DONTWAIT
                        ? 0
                        : call_patience(descriptor, end->output_patience);
    char *bytes = gather(parts, count, size, pc);
    while (done < size && length >= 0) {
        length = write_once(&call, bytes + done, size - done, flags);
        done += length > 0 ? (size_t)length : 0;
        if (length == 0 || call.patience == 0)
            break;
    }
    int error = errno;
    free(bytes);
    errno = error;
    return done > 0 ? (ssize_t)done : length;
}
