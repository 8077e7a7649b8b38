// stdio: its locks, and what it reads and writes.
//
// The C library's own locks are never held at a scheduling point. flockfile(3)
// is a lock of ours, for which all other calls wait. A file on a connection of
// ours is held for the whole call: see file.h.
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "access.h"
#include "file.h"
#include "mutex.h"
#include "printed.h"
#include "printing.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

static struct object *lock_of(FILE *file)
{
    struct object *object = object_at(file);

    object->type = PTHREAD_MUTEX_RECURSIVE;
    return object;
}

void interleave_flockfile(FILE *file)
{
    if (run_is_over)
        flockfile(file);
    else
        mutex_lock(lock_of(file), CALLER);
}

int interleave_ftrylockfile(FILE *file)
{
    return run_is_over ? ftrylockfile(file)
                       : mutex_try_lock(lock_of(file), CALLER);
}

void interleave_funlockfile(FILE *file)
{
    if (run_is_over)
        funlockfile(file);
    else
        mutex_unlock(lock_of(file), CALLER);
}

// Waits while another thread has the file for itself. Returns whether the call
// holds it now, and has to leave it.
static bool enter(FILE *file, uint64_t pc)
{
    if (run_is_over)
        return false;
    const struct object *object = object_find((uint64_t)(uintptr_t)file);

    thread_self->pc = pc;
    if (file_enter(file, pc))
        return true;
    if (object != NULL && object->holder != NOBODY &&
        object->holder != thread_self->number) {
        interleave_flockfile(file);
        interleave_funlockfile(file);
    }
    return false;
}

static void leave(FILE *file, bool held)
{
    if (held)
        file_leave(file);
}

#define HOLDING(file, type, call)    \
    bool held = enter(file, CALLER); \
    type result = call;              \
    leave(file, held)

// ---- printing ----

static int print(FILE *file, const char *format, va_list *arguments,
                 uint64_t pc)
{
    printing_reads(format, *arguments, pc);
    bool held = enter(file, pc);
    printed(file, pc, format, *arguments);
    int length = vfprintf(file, format, *arguments);
    leave(file, held);
    return length;
}

#define PRINT(name, parameters, file)                         \
    int interleave_##name parameters                          \
    {                                                         \
        va_list arguments;                                    \
                                                              \
        va_start(arguments, format);                          \
        int length = print(file, format, &arguments, CALLER); \
        va_end(arguments);                                    \
        return length;                                        \
    }
PRINT(printf, (const char *format, ...), stdout)
PRINT(fprintf, (FILE * file, const char *format, ...), file)

int interleave_vfprintf(FILE *file, const char *format, va_list arguments)
{
    va_list copy;

    va_copy(copy, arguments);
    int length = print(file, format, &copy, CALLER);
    va_end(copy);
    return length;
}

int interleave_vprintf(const char *format, va_list arguments)
{
    return interleave_vfprintf(stdout, format, arguments);
}

int interleave_puts(const char *text)
{
    printing_reads_text(text, -1, CALLER);
    HOLDING(stdout, int,
            (printed_text(stdout, CALLER, "%s\n", text), puts(text)));
    return result;
}

int interleave_fputs(const char *text, FILE *file)
{
    printing_reads_text(text, -1, CALLER);
    HOLDING(file, int,
            (printed_text(file, CALLER, "%s", text), fputs(text, file)));
    return result;
}

#define PUT(name)                                             \
    int interleave_##name(int character, FILE *file)          \
    {                                                         \
        HOLDING(file, int,                                    \
                (printed_text(file, CALLER, "%c", character), \
                 name(character, file)));                     \
        return result;                                        \
    }
PUT(fputc)
PUT(putc)

int interleave_putchar(int character)
{
    HOLDING(
        stdout, int,
        (printed_text(stdout, CALLER, "%c", character), putchar(character)));
    return result;
}

int interleave_fflush(FILE *file)
{
    if (file == NULL)
        return fflush(NULL);
    HOLDING(file, int, fflush(file));
    return result;
}

size_t interleave_fwrite(const void *from, size_t size, size_t count,
                         FILE *file)
{
    access_memory(from, size * count, false, CALLER);
    HOLDING(file, size_t,
            (printed_bytes(fileno(file), from, size * count, CALLER),
             fwrite(from, size, count, file)));
    return result;
}

// ---- reading ----

#define GET(name)                       \
    int interleave_##name(FILE *file)   \
    {                                   \
        HOLDING(file, int, name(file)); \
        return result;                  \
    }
GET(fgetc)
GET(getc)

size_t interleave_fread(void *to, size_t size, size_t count, FILE *file)
{
    HOLDING(file, size_t, fread(to, size, count, file));
    access_memory(to, size * result, true, CALLER);
    return result;
}

char *interleave_fgets(char *to, int room, FILE *file)
{
    HOLDING(file, char *, fgets(to, room, file));
    if (result != NULL)
        access_memory(to, strlen(to) + 1, true, CALLER);
    return result;
}
