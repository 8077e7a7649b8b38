// malloc and its kin, and what returns memory that is to be freed.
#include <errno.h>
#include <malloc.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "access.h"
#include "allocate.h"
#include "file.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

enum { ALIGNMENT = 16 };

void *interleave_malloc(size_t size)
{
    return allocate(size, ALIGNMENT, CALLER);
}

static void *allocate_zeros(size_t count, size_t size, uint64_t pc)
{
    size_t all;

    if (__builtin_mul_overflow(count, size, &all)) {
        errno = ENOMEM;
        return NULL;
    }
    void *memory = allocate(all, ALIGNMENT, pc);
    // Ours is zero anyway: each byte is used once.
    if (memory != NULL && !allocate_is_ours(memory))
        memset(memory, 0, all);
    allocate_filled(memory);
    return memory;
}

void *interleave_calloc(size_t count, size_t size)
{
    return allocate_zeros(count, size, CALLER);
}

void interleave_free(void *memory)
{
    allocate_free(memory, CALLER);
}

static void *reallocate(void *memory, size_t size, uint64_t pc)
{
    if (memory != NULL && !allocate_is_ours(memory))
        return realloc(memory, size);
    void *fresh = allocate(size, ALIGNMENT, pc);
    if (fresh == NULL || memory == NULL)
        return fresh;
    size_t old = allocate_size(memory), kept = old < size ? old : size;

    access_memory(memory, kept, false, pc);
    memcpy(fresh, memory, kept);
    allocate_filled(fresh);
    allocate_free(memory, pc);
    return fresh;
}

void *interleave_realloc(void *memory, size_t size)
{
    if (memory != NULL && size == 0) { // as the C library does it
        allocate_free(memory, CALLER);
        return NULL;
    }
    return reallocate(memory, size, CALLER);
}

void *interleave_reallocarray(void *memory, size_t count, size_t size)
{
    size_t all;

    if (__builtin_mul_overflow(count, size, &all)) {
        errno = ENOMEM;
        return NULL;
    }
    return reallocate(memory, all, CALLER);
}

size_t interleave_malloc_usable_size(void *memory)
{
    return memory != NULL ? allocate_size(memory) : 0;
}

// ---- aligned ----

static bool is_power(size_t alignment)
{
    return alignment != 0 && (alignment & (alignment - 1)) == 0;
}

int interleave_posix_memalign(void **memory, size_t alignment, size_t size)
{
    if (!is_power(alignment) || alignment % sizeof(void *) != 0)
        return EINVAL;
    void *fresh = allocate(size, alignment, CALLER);
    if (fresh == NULL)
        return ENOMEM;
    *memory = fresh;
    return 0;
}

static void *allocate_aligned(size_t alignment, size_t size, uint64_t pc)
{
    if (is_power(alignment))
        return allocate(size, alignment, pc);
    errno = EINVAL;
    return NULL;
}

void *interleave_aligned_alloc(size_t alignment, size_t size)
{
    return allocate_aligned(alignment, size, CALLER);
}

void *interleave_memalign(size_t alignment, size_t size)
{
    return allocate_aligned(alignment, size, CALLER);
}

void *interleave_valloc(size_t size)
{
    return allocate_aligned((size_t)sysconf(_SC_PAGESIZE), size, CALLER);
}

// ---- copies ----

static char *copy_text(const char *text, size_t length, bool ended, uint64_t pc)
{
    access_memory(text, length + (ended ? 1 : 0), false, pc);
    char *copy = allocate(length + 1, ALIGNMENT, pc);
    if (copy == NULL)
        return NULL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *interleave_strdup(const char *text)
{
    return copy_text(text, strlen(text), true, CALLER);
}

char *interleave_strndup(const char *text, size_t size)
{
    size_t length = strnlen(text, size);

    return copy_text(text, length, length < size, CALLER);
}

// From the C library's memory into ours, so that its misuse is seen.
static int adopt(char **text, int length, uint64_t pc)
{
    if (length < 0)
        return length;
    char *copy = allocate((size_t)length + 1, ALIGNMENT, pc);
    if (copy != NULL)
        memcpy(copy, *text, (size_t)length + 1);
    free(*text);
    *text = copy;
    return copy != NULL ? length : -1;
}

int interleave_vasprintf(char **text, const char *format, va_list arguments)
{
    return adopt(text, vasprintf(text, format, arguments), CALLER);
}

int interleave_asprintf(char **text, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    int length = vasprintf(text, format, arguments);
    va_end(arguments);
    return adopt(text, length, CALLER);
}

// The caller's buffer may come from here, where the C library cannot make it
// larger.
static ssize_t read_until(char **line, size_t *size, int end, FILE *file,
                          uint64_t pc)
{
    char *text = NULL;
    size_t room = 0;
    bool held = file_enter(file, pc);
    ssize_t length = getdelim(&text, &room, end, file);
    if (held)
        file_leave(file);

    if (length >= 0 && (*line == NULL || *size < (size_t)length + 1)) {
        size_t wanted = length < 120 ? 120 : (size_t)length + 1;
        char *larger = reallocate(*line, wanted, pc);

        if (larger == NULL) {
            free(text);
            return -1;
        }
        *line = larger;
        *size = wanted;
    }
    if (length >= 0) {
        access_memory(*line, (size_t)length + 1, true, pc);
        memcpy(*line, text, (size_t)length + 1);
    }
    free(text);
    return length;
}

ssize_t interleave_getline(char **line, size_t *size, FILE *file)
{
    return read_until(line, size, '\n', file, CALLER);
}

ssize_t interleave_getdelim(char **line, size_t *size, int end, FILE *file)
{
    return read_until(line, size, end, file, CALLER);
}
