#include "file.h"

#include <errno.h>
#include <stdlib.h>

#include "baton.h"
#include "end.h"
#include "object.h"
#include "run.h"
#include "transfer.h"

int interleave_close(int descriptor);

// The files that were made of our descriptors.
struct file {
    FILE *file;
    int descriptor;
    uint64_t pc; // of the call that holds it, if it is one of file_calls.c
    struct file *next;
};

static struct file *files;

static struct file *find(const FILE *file)
{
    struct file *one = files;

    while (one != NULL && one->file != file)
        one = one->next;
    return one;
}

// Which call of stdio needs the descriptor; another one was made somewhere in
// the function that runs now.
static uint64_t where(const struct file *file)
{
    return file->pc != 0 ? file->pc : run_shared->stack[thread_self->stack].pc;
}

// ---- the lock ----

static bool is_free(const struct thread *thread)
{
    const struct object *lock = object_find(thread->op.object);

    return lock->holder == NOBODY || lock->holder == thread->number;
}

bool file_enter(FILE *file, uint64_t pc)
{
    struct file *ours = run_is_over ? NULL : find(file);

    if (ours == NULL)
        return false;
    struct object *lock = object_at(file);
    if (lock->holder != NOBODY && lock->holder != thread_self->number)
        baton_point((struct op){.deed = DEED_LOCK,
                                .object = lock->address,
                                .pc = pc,
                                .enabled = is_free});
    lock->holder = thread_self->number;
    lock->depth++;
    ours->pc = pc;
    object_acquire(lock);
    return true;
}

void file_leave(FILE *file)
{
    struct object *lock = object_at(file);

    if (run_is_over || --lock->depth > 0)
        return;
    lock->holder = NOBODY;
    object_release(lock);
}

// ---- the descriptor ----

static ssize_t read_file(void *cookie, char *bytes, size_t size)
{
    const struct iovec part = {bytes, size};
    const struct file *file = cookie;

    if (end_at(file->descriptor) != NULL)
        return transfer_in(file->descriptor, &part, 1, 0, where(file));
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
        written = transfer_out(file->descriptor, &part, 1, 0, where(file));
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
    *file = (struct file){.file = fopencookie(file, mode, functions),
                          .descriptor = descriptor,
                          .next = files};
    if (file->file == NULL) {
        free(file);
        return NULL;
    }
    files = file;
    object_renew(file->file); // its place may have been another one's
    return file->file;
}

int interleave_fileno(FILE *file)
{
    const struct file *ours = find(file);

    return ours != NULL ? ours->descriptor : fileno(file);
}
