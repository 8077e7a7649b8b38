// Functions of the C library whose result lies in memory that all threads
// share, or that remember something there (POSIX, XSH 2.9.1). Here that memory
// has a name, and counts as the program's own (units.c): so a race for it is
// shown, by the function. What to use instead stands in siblings.c.
#include <arpa/inet.h>
#include <grp.h>
#include <netdb.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "access.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

// In a section of its own: .bss and .data of this folder are the runtime's.
#define SHARED static __attribute__((section("shared_results")))

SHARED char *strtok_place;

char *interleave_strtok(char *text, const char *set)
{
    access_memory(&strtok_place, sizeof strtok_place, true, CALLER);
    char *part = strtok_r(text, set, &strtok_place);
    if (part != NULL)
        access_memory(part, strlen(part) + 1, true, CALLER);
    return part;
}

// ---- structures ----

#define STRUCTURE(type, variable, name, parameters, arguments)   \
    type *interleave_##name parameters                           \
    {                                                            \
        type *result = name arguments;                           \
                                                                 \
        if (run_is_over || result == NULL)                       \
            return result;                                       \
        access_memory(&variable, sizeof variable, true, CALLER); \
        variable = *result;                                      \
        return &variable;                                        \
    }

SHARED struct tm localtime_result;
STRUCTURE(struct tm, localtime_result, localtime, (const time_t *time), (time))
STRUCTURE(struct tm, localtime_result, gmtime, (const time_t *time), (time))

SHARED struct hostent gethostbyname_result;
STRUCTURE(struct hostent, gethostbyname_result, gethostbyname,
          (const char *host), (host))
STRUCTURE(struct hostent, gethostbyname_result, gethostbyname2,
          (const char *host, int family), (host, family))
STRUCTURE(struct hostent, gethostbyname_result, gethostbyaddr,
          (const void *address, socklen_t size, int family),
          (address, size, family))

SHARED struct servent getservbyname_result;
STRUCTURE(struct servent, getservbyname_result, getservbyname,
          (const char *service, const char *protocol), (service, protocol))
STRUCTURE(struct servent, getservbyname_result, getservbyport,
          (int port, const char *protocol), (port, protocol))

SHARED struct protoent getprotobyname_result;
STRUCTURE(struct protoent, getprotobyname_result, getprotobyname,
          (const char *protocol), (protocol))

SHARED struct passwd getpwnam_result;
STRUCTURE(struct passwd, getpwnam_result, getpwnam, (const char *user), (user))
STRUCTURE(struct passwd, getpwnam_result, getpwuid, (uid_t user), (user))

SHARED struct group getgrnam_result;
STRUCTURE(struct group, getgrnam_result, getgrnam, (const char *group), (group))
STRUCTURE(struct group, getgrnam_result, getgrgid, (gid_t group), (group))

// ---- texts ----

#define TEXT(variable, name, parameters, arguments)              \
    char *interleave_##name parameters                           \
    {                                                            \
        char *result = name arguments;                           \
                                                                 \
        if (run_is_over || result == NULL)                       \
            return result;                                       \
        access_memory(&variable, sizeof variable, true, CALLER); \
        snprintf(variable, sizeof variable, "%s", result);       \
        return variable;                                         \
    }

SHARED char asctime_result[26];
TEXT(asctime_result, asctime, (const struct tm *time), (time))
TEXT(asctime_result, ctime, (const time_t *time), (time))

SHARED char strerror_result[64];
TEXT(strerror_result, strerror, (int error), (error))

SHARED char inet_ntoa_result[INET_ADDRSTRLEN];
TEXT(inet_ntoa_result, inet_ntoa, (struct in_addr address), (address))

// ---- the environment ----

SHARED char environment;

static void touch_environment(bool writes, uint64_t pc)
{
    access_memory(&environment, sizeof environment, writes, pc);
}

char *interleave_getenv(const char *name)
{
    touch_environment(false, CALLER);
    return getenv(name);
}

int interleave_setenv(const char *name, const char *value, int overwrite)
{
    touch_environment(true, CALLER);
    return setenv(name, value, overwrite);
}

int interleave_unsetenv(const char *name)
{
    touch_environment(true, CALLER);
    return unsetenv(name);
}

int interleave_putenv(char *text)
{
    touch_environment(true, CALLER);
    return putenv(text);
}
