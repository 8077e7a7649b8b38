// Descriptors: pipes, copies, and giving them back.
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "baton.h"
#include "call.h"
#include "cancel.h"
#include "doors.h"
#include "epoll.h"
#include "run.h"
#include "said.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

// ---- opening ----

static int open_pipe(int pair[2], int flags, uint64_t pc)
{
    if (run_is_over)
        return pipe2(pair, flags);
    end_point_of_opening(2, pc);
    if (pipe2(pair, flags) < 0)
        return -1;
    struct end *from = end_new(END_PIPE, 0), *to = end_new(END_PIPE, 0);
    from->in = to->out = stream_new();
    end_set(pair[0], from);
    end_set(pair[1], to);
    said_descriptors(pair[0], pair[1]);
    return 0;
}

int interleave_pipe(int pair[2])
{
    return open_pipe(pair, 0, CALLER);
}

int interleave_pipe2(int pair[2], int flags)
{
    return open_pipe(pair, flags, CALLER);
}

static int open_file(int folder, const char *path, int flags, mode_t mode,
                     uint64_t pc)
{
    cancel_test();
    end_point_of_opening(1, pc);
    int descriptor = openat(folder, path, flags, mode);
    if (descriptor >= 0)
        said_descriptors(descriptor, -1);
    return descriptor;
}

int interleave_open(const char *path, int flags, ...)
{
    va_list arguments;

    va_start(arguments, flags);
    mode_t mode = va_arg(arguments, mode_t); // if it is there
    va_end(arguments);
    return open_file(AT_FDCWD, path, flags, mode, CALLER);
}

// The same with 64 bits: off_t has them anyway.
int interleave_open64(const char *, int, ...)
    __attribute__((alias("interleave_open")));

int interleave_openat(int folder, const char *path, int flags, ...)
{
    va_list arguments;

    va_start(arguments, flags);
    mode_t mode = va_arg(arguments, mode_t);
    va_end(arguments);
    return open_file(folder, path, flags, mode, CALLER);
}

int interleave_openat64(int, const char *, int, ...)
    __attribute__((alias("interleave_openat")));

int interleave_creat(const char *path, mode_t mode)
{
    return open_file(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode,
                     CALLER);
}

int interleave_unlink(const char *path)
{
    return doors_unlink(path) ? 0 : unlink(path);
}

// ---- closing ----

static void point_of_closing(int descriptor, uint64_t pc)
{
    baton_point((struct op){.deed = DEED_CLOSE,
                            .object = end_number_object(descriptor),
                            .second = end_numbers_object(),
                            .pc = pc});
    said_descriptors(descriptor, -1);
}

static int close_descriptor(int descriptor, uint64_t pc)
{
    struct end *end = end_at(descriptor);

    epoll_forget(descriptor);
    if (end == NULL)
        return close(descriptor);
    call_keep(descriptor);
    end_set(descriptor, NULL);
    int result = close(descriptor);
    end_drop(end, pc);
    return result;
}

int interleave_close(int descriptor)
{
    cancel_test();
    if (!run_is_over)
        point_of_closing(descriptor, CALLER);
    return close_descriptor(descriptor, CALLER);
}

// ---- what else is a cancellation point ----

int interleave_fsync(int descriptor)
{
    cancel_test();
    return fsync(descriptor);
}

int interleave_fdatasync(int descriptor)
{
    cancel_test();
    return fdatasync(descriptor);
}

int interleave_lockf(int descriptor, int command, off_t size)
{
    cancel_test();
    return lockf(descriptor, command, size);
}

int interleave_close_range(unsigned first, unsigned last, int flags)
{
    if (flags == 0)
        for (int i = 0; i < 1 << 12; i++)
            if (end_at(i) != NULL && (unsigned)i >= first &&
                (unsigned)i <= last)
                interleave_close(i);
    return close_range(first, last, flags);
}

// ---- copies ----

static void refuse_sets(int descriptor)
{
    if (!run_is_over && end_at(descriptor) == NULL)
        epoll_refuse(descriptor);
}

static int copy_to(int old, int new, int flags, uint64_t pc)
{
    struct end *end = end_at(old), *before = end_at(new);

    refuse_sets(old);
    if (run_is_over || (end == NULL && before == NULL) || old == new)
        return flags == 0 ? dup2(old, new) : dup3(old, new, flags);
    point_of_closing(new, pc);
    end = end_at(old);
    before = end_at(new);
    if (before != NULL)
        call_keep(new);
    int result = flags == 0 ? dup2(old, new) : dup3(old, new, flags);
    if (result < 0)
        return -1;
    end_set(new, end);
    if (before != NULL)
        end_drop(before, pc);
    return result;
}

int interleave_dup2(int old, int new)
{
    return copy_to(old, new, 0, CALLER);
}

int interleave_dup3(int old, int new, int flags)
{
    return copy_to(old, new, flags, CALLER);
}

static int copy_above(int old, int command, int least, uint64_t pc)
{
    refuse_sets(old);
    end_point_of_opening(1, pc);
    struct end *end = end_at(old);
    int copy = fcntl(old, command, least);
    if (copy >= 0 && end != NULL)
        end_set(copy, end);
    return copy;
}

int interleave_dup(int descriptor)
{
    return copy_above(descriptor, F_DUPFD, 0, CALLER);
}

static int control(int descriptor, int command, void *argument, uint64_t pc)
{
    if (command == F_DUPFD || command == F_DUPFD_CLOEXEC)
        return copy_above(descriptor, command, (int)(intptr_t)argument, pc);
    return fcntl(descriptor, command, argument);
}

int interleave_fcntl(int descriptor, int command, ...)
{
    va_list arguments;

    va_start(arguments, command);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    return control(descriptor, command, argument, CALLER);
}

int interleave_fcntl64(int descriptor, int command, ...)
{
    va_list arguments;

    va_start(arguments, command);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    return control(descriptor, command, argument, CALLER);
}

int interleave_ioctl(int descriptor, unsigned long request, ...)
{
    struct end *end = end_at(descriptor);
    va_list arguments;

    va_start(arguments, request);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    if (end == NULL || end->in == NULL || request != FIONREAD)
        return ioctl(descriptor, request, argument);
    baton_point((struct op){.deed = DEED_POLL,
                            .object = (uint64_t)(uintptr_t)end->in,
                            .pc = CALLER});
    *(int *)argument = (int)end->in->count;
    return 0;
}
