// The calls of the C library that read and write descriptors.
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "access.h"
#include "cancel.h"
#include "end.h"
#include "printed.h"
#include "run.h"
#include "transfer.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

static bool is_socket(int descriptor)
{
    const struct end *end = end_at(descriptor);

    if (end == NULL || end->state != END_PIPE)
        return true;
    errno = ENOTSOCK;
    return false;
}

static ssize_t in(int descriptor, void *buffer, size_t size, int flags,
                  uint64_t pc)
{
    const struct iovec part = {buffer, size};

    return transfer_in(descriptor, &part, 1, flags, pc);
}

static ssize_t out(int descriptor, const void *buffer, size_t size, int flags,
                   uint64_t pc)
{
    const struct iovec part = {(void *)(uintptr_t)buffer, size};

    return transfer_out(descriptor, &part, 1, flags, pc);
}

// What a file or another process has put into the program's memory counts like
// its own writing.
static ssize_t filled(ssize_t got, const struct iovec *parts, int count,
                      uint64_t pc)
{
    size_t left = got > 0 ? (size_t)got : 0;

    for (int i = 0; i < count && left > 0; i++) {
        size_t size = left < parts[i].iov_len ? left : parts[i].iov_len;

        access_memory(parts[i].iov_base, size, true, pc);
        left -= size;
    }
    return got;
}

static ssize_t filled_one(ssize_t got, void *buffer, uint64_t pc)
{
    const struct iovec part = {buffer, got > 0 ? (size_t)got : 0};

    return filled(got, &part, 1, pc);
}

// What it takes from there counts like its reading.
static void taken(const struct iovec *parts, int count, uint64_t pc)
{
    for (int i = 0; i < count; i++)
        access_memory(parts[i].iov_base, parts[i].iov_len, false, pc);
}

static ssize_t put(int descriptor, const void *buffer, size_t size, uint64_t pc)
{
    if (end_is_ours(descriptor, pc))
        return out(descriptor, buffer, size, 0, pc);
    cancel_test();
    access_memory(buffer, size, false, pc);
    printed_bytes(descriptor, buffer, size, pc);
    return write(descriptor, buffer, size);
}

ssize_t interleave_read(int descriptor, void *buffer, size_t size)
{
    if (end_is_ours(descriptor, CALLER))
        return in(descriptor, buffer, size, 0, CALLER);
    cancel_test();
    return filled_one(read(descriptor, buffer, size), buffer, CALLER);
}

ssize_t interleave_write(int descriptor, const void *buffer, size_t size)
{
    return put(descriptor, buffer, size, CALLER);
}

ssize_t interleave_readv(int descriptor, const struct iovec *parts, int count)
{
    if (end_is_ours(descriptor, CALLER))
        return transfer_in(descriptor, parts, count, 0, CALLER);
    cancel_test();
    return filled(readv(descriptor, parts, count), parts, count, CALLER);
}

ssize_t interleave_writev(int descriptor, const struct iovec *parts, int count)
{
    if (end_is_ours(descriptor, CALLER))
        return transfer_out(descriptor, parts, count, 0, CALLER);
    cancel_test();
    taken(parts, count, CALLER);
    return writev(descriptor, parts, count);
}

// ---- at a place in a file ----

ssize_t interleave_pread(int descriptor, void *buffer, size_t size, off_t place)
{
    cancel_test();
    return filled_one(pread(descriptor, buffer, size, place), buffer, CALLER);
}

ssize_t interleave_pwrite(int descriptor, const void *buffer, size_t size,
                          off_t place)
{
    cancel_test();
    access_memory(buffer, size, false, CALLER);
    return pwrite(descriptor, buffer, size, place);
}

// The same with 64 bits: off_t has them anyway.
ssize_t interleave_pread64(int, void *, size_t, off_t)
    __attribute__((alias("interleave_pread")));
ssize_t interleave_pwrite64(int, const void *, size_t, off_t)
    __attribute__((alias("interleave_pwrite")));

ssize_t interleave_preadv(int descriptor, const struct iovec *parts, int count,
                          off_t place)
{
    cancel_test();
    return filled(preadv(descriptor, parts, count, place), parts, count,
                  CALLER);
}

ssize_t interleave_pwritev(int descriptor, const struct iovec *parts, int count,
                           off_t place)
{
    cancel_test();
    taken(parts, count, CALLER);
    return pwritev(descriptor, parts, count, place);
}

// ---- sockets ----

ssize_t interleave_recv(int descriptor, void *buffer, size_t size, int flags)
{
    if (!end_is_ours(descriptor, CALLER))
        return filled_one(recv(descriptor, buffer, size, flags), buffer,
                          CALLER);
    return is_socket(descriptor) ? in(descriptor, buffer, size, flags, CALLER)
                                 : -1;
}

ssize_t interleave_send(int descriptor, const void *buffer, size_t size,
                        int flags)
{
    if (!end_is_ours(descriptor, CALLER))
        return send(descriptor, buffer, size, flags);
    return is_socket(descriptor) ? out(descriptor, buffer, size, flags, CALLER)
                                 : -1;
}

ssize_t interleave_recvfrom(int descriptor, void *buffer, size_t size,
                            int flags, struct sockaddr *address,
                            socklen_t *address_size)
{
    if (!end_is_ours(descriptor, CALLER))
        return filled_one(
            recvfrom(descriptor, buffer, size, flags, address, address_size),
            buffer, CALLER);
    if (address != NULL && address_size != NULL)
        *address_size = 0; // a connection has only one other side
    return is_socket(descriptor) ? in(descriptor, buffer, size, flags, CALLER)
                                 : -1;
}

ssize_t interleave_sendto(int descriptor, const void *buffer, size_t size,
                          int flags, const struct sockaddr *address,
                          socklen_t address_size)
{
    if (!end_is_ours(descriptor, CALLER))
        return sendto(descriptor, buffer, size, flags, address, address_size);
    return is_socket(descriptor) ? out(descriptor, buffer, size, flags, CALLER)
                                 : -1;
}

ssize_t interleave_recvmsg(int descriptor, struct msghdr *message, int flags)
{
    if (!end_is_ours(descriptor, CALLER))
        return recvmsg(descriptor, message, flags);
    message->msg_namelen = 0;
    message->msg_controllen = 0;
    message->msg_flags = 0;
    return is_socket(descriptor)
               ? transfer_in(descriptor, message->msg_iov,
                             (int)message->msg_iovlen, flags, CALLER)
               : -1;
}

ssize_t interleave_sendmsg(int descriptor, const struct msghdr *message,
                           int flags)
{
    if (!end_is_ours(descriptor, CALLER))
        return sendmsg(descriptor, message, flags);
    return is_socket(descriptor)
               ? transfer_out(descriptor, message->msg_iov,
                              (int)message->msg_iovlen, flags, CALLER)
               : -1;
}

int interleave_vdprintf(int descriptor, const char *format, va_list arguments)
{
    char *text;
    int length;

    if ((length = vasprintf(&text, format, arguments)) < 0)
        return -1;
    ssize_t written = put(descriptor, text, (size_t)length, CALLER);
    free(text);
    return (int)written;
}

int interleave_dprintf(int descriptor, const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0)
        return -1;
    ssize_t written = put(descriptor, text, (size_t)length, CALLER);
    free(text);
    return (int)written;
}
