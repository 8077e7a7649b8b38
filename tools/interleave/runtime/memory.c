// The C library's functions on memory and strings: what they read and write
// counts like the program's own accesses. One call is one step.
#include <string.h>

#include "access.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

static void reads(const void *from, size_t size, uint64_t pc)
{
    access_memory(from, size, false, pc);
}

static void writes(void *to, size_t size, uint64_t pc)
{
    access_memory(to, size, true, pc);
}

#define COPY(name)                                                   \
    void *interleave_##name(void *to, const void *from, size_t size) \
    {                                                                \
        reads(from, size, CALLER);                                   \
        writes(to, size, CALLER);                                    \
        return name(to, from, size);                                 \
    }                                                                \
    void *__tsan_##name(void *to, const void *from, size_t size)     \
    {                                                                \
        reads(from, size, CALLER);                                   \
        writes(to, size, CALLER);                                    \
        return name(to, from, size);                                 \
    }

COPY(memcpy)
COPY(memmove)

void *interleave_memset(void *to, int byte, size_t size)
{
    writes(to, size, CALLER);
    return memset(to, byte, size);
}

void *__tsan_memset(void *to, int byte, size_t size)
{
    writes(to, size, CALLER);
    return memset(to, byte, size);
}

int interleave_memcmp(const void *one, const void *other, size_t size)
{
    reads(one, size, CALLER);
    reads(other, size, CALLER);
    return memcmp(one, other, size);
}

size_t interleave_strlen(const char *text)
{
    reads(text, strlen(text) + 1, CALLER);
    return strlen(text);
}

char *interleave_strcpy(char *to, const char *from)
{
    size_t size = strlen(from) + 1;

    reads(from, size, CALLER);
    writes(to, size, CALLER);
    return strcpy(to, from);
}

char *interleave_strncpy(char *to, const char *from, size_t size)
{
    size_t length = strnlen(from, size);

    reads(from, length < size ? length + 1 : size, CALLER);
    writes(to, size, CALLER);
    return strncpy(to, from, size);
}

char *interleave_strcat(char *to, const char *from)
{
    size_t size = strlen(from) + 1, length = strlen(to);

    reads(from, size, CALLER);
    writes(to + length, size, CALLER);
    return strcat(to, from);
}

int interleave_strcmp(const char *one, const char *other)
{
    reads(one, strlen(one) + 1, CALLER);
    reads(other, strlen(other) + 1, CALLER);
    return strcmp(one, other);
}

int interleave_strncmp(const char *one, const char *other, size_t size)
{
    reads(one, strnlen(one, size), CALLER);
    reads(other, strnlen(other, size), CALLER);
    return strncmp(one, other, size);
}

char *interleave_strncat(char *to, const char *from, size_t size)
{
    size_t length = strnlen(from, size);

    reads(from, length < size ? length + 1 : size, CALLER);
    writes(to + strlen(to), length + 1, CALLER);
    return strncat(to, from, size);
}

char *interleave_stpcpy(char *to, const char *from)
{
    size_t size = strlen(from) + 1;

    reads(from, size, CALLER);
    writes(to, size, CALLER);
    return stpcpy(to, from);
}

size_t interleave_strnlen(const char *text, size_t size)
{
    size_t length = strnlen(text, size);

    reads(text, length < size ? length + 1 : size, CALLER);
    return length;
}

void *interleave_memchr(const void *from, int byte, size_t size)
{
    const char *found = memchr(from, byte, size);

    reads(from, found ? (size_t)(found - (const char *)from) + 1 : size,
          CALLER);
    return (void *)found;
}

// They read the whole text, or nearly so.
#define SEARCH(name, type, argument)                         \
    char *interleave_##name(const char *text, type argument) \
    {                                                        \
        reads(text, strlen(text) + 1, CALLER);               \
        return (char *)name(text, argument);                 \
    }
SEARCH(strchr, int, character)
SEARCH(strrchr, int, character)
SEARCH(strstr, const char *, part)
SEARCH(strpbrk, const char *, set)

#define MEASURE(name)                                           \
    size_t interleave_##name(const char *text, const char *set) \
    {                                                           \
        reads(text, strlen(text) + 1, CALLER);                  \
        return name(text, set);                                 \
    }
MEASURE(strspn)
MEASURE(strcspn)

#define COMPARE(name)                                         \
    int interleave_##name(const char *one, const char *other) \
    {                                                         \
        reads(one, strlen(one) + 1, CALLER);                  \
        reads(other, strlen(other) + 1, CALLER);              \
        return name(one, other);                              \
    }
COMPARE(strcasecmp)
COMPARE(strcoll)

char *interleave_strtok_r(char *text, const char *set, char **place)
{
    writes(place, sizeof *place, CALLER);
    char *part = strtok_r(text, set, place);
    if (part != NULL)
        writes(part, strlen(part) + 1, CALLER);
    return part;
}
