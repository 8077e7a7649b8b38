// stdio on descriptors that are ours.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "end.h"
#include "run.h"
#include "thread.h"
#include "transfer.h"

int interleave_close(int descriptor);

// The files that were made of our descriptors, for fileno(3).
static struct file {
    FILE *file;
    int descriptor;
    struct file *next;
} * files;

// The call of stdio was made somewhere in the function that runs now.
static uint64_t where(void)
{
    return run_shared->stack[thread_self->stack].pc;
}

static ssize_t read_file(void *cookie, char *bytes, size_t size)
{
    const struct iovec part = {bytes, size};
    const struct file *file = cookie;

    if (end_at(file->descriptor) != NULL)
        return transfer_in(file->descriptor, &part, 1, 0, where());
    errno = EBADF;
    return -1;
}

// Zero is how a cookie says that it could not write: fopencookie(3).
static ssize_t write_file(void *cookie, const char *bytes, size_t size)
{
    const struct iovec part = {(void *)(uintptr_t)bytes, size};
    const struct file *file = cookie;
    ssize_t written = 0;

    if (end_at(file->descriptor) != NULL)
        written = transfer_out(file->descriptor, &part, 1, 0, where());
    else
        errno = EBADF;
    return written < 0 ? 0 : written;
}

static int close_file(void *cookie)
{
    struct file *file = cookie;
    struct file **place = &files;

    while (*place != file) // it is among them
        place = &(*place)->next;
    *place = file->next;
    int result = interleave_close(file->descriptor);
    free(file);
    return result;
}

FILE *interleave_fdopen(int descriptor, const char *mode)
{
    static const cookie_io_functions_t functions = {
        .read = read_file, .write = write_file, .close = close_file};

    if (end_at(descriptor) == NULL)
        return fdopen(descriptor, mode);
    struct file *file = malloc(sizeof *file);
    if (file == NULL)
        return NULL;
    *file =
        (struct file){fopencookie(file, mode, functions), descriptor, files};
    if (file->file == NULL) {
        free(file);
        return NULL;
    }
    files = file;
    return file->file;
}

int interleave_fileno(FILE *file)
{
    for (const struct file *one = files; one != NULL; one = one->next)
        if (one->file == file)
            return one->descriptor;
    return fileno(file);
}
