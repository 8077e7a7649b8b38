#include "siblings.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *variable, *advice;
} siblings[] = {
    {"strtok_place",
     "strtok() remembers its place for all threads: use strtok_r()"},
    {"localtime_result",
     "localtime() and gmtime() return the same memory to all threads: use "
     "localtime_r() or gmtime_r()"},
    {"asctime_result",
     "asctime() and ctime() return the same memory to all threads: use "
     "asctime_r(), ctime_r() or strftime()"},
    {"strerror_result",
     "strerror() may return the same memory to all threads: use strerror_r()"},
    {"inet_ntoa_result",
     "inet_ntoa() may return the same memory to all threads: use inet_ntop()"},
    {"gethostbyname_result",
     "gethostbyname() and gethostbyaddr() return the same memory to all "
     "threads: use getaddrinfo() or getnameinfo()"},
    {"getservbyname_result",
     "getservbyname() and getservbyport() return the same memory to all "
     "threads: use getaddrinfo() or getservbyname_r()"},
    {"getprotobyname_result",
     "getprotobyname() returns the same memory to all threads: use "
     "getprotobyname_r()"},
    {"getpwnam_result",
     "getpwnam() and getpwuid() return the same memory to all threads: use "
     "getpwnam_r() or getpwuid_r()"},
    {"environment",
     "setenv(), putenv() and unsetenv() change what getenv() reads in all "
     "threads: call them before there are threads"},
    {"getgrnam_result",
     "getgrnam() and getgrgid() return the same memory to all threads: use "
     "getgrnam_r() or getgrgid_r()"},
};

// Also of a part of it: "localtime_result.tm_year".
const char *siblings_advice(const char *variable)
{
    for (size_t i = 0; i < sizeof siblings / sizeof *siblings; i++) {
        size_t length = strlen(siblings[i].variable);

        if (strncmp(variable, siblings[i].variable, length) == 0 &&
            strchr(".[", variable[length]) != NULL)
            return siblings[i].advice;
    }
    return NULL;
}
