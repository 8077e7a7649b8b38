// faults: system calls that fail on demand.
//
// Some failures are rare and hard to bring about from outside: a signal in the
// middle of a read, a short read, no thread to be had. A check links the
// program with this file, with -Wl,--wrap=read and so on (ld(1)), and says in
// the environment which calls are to fail:
//
//     FAULTS="read:EINTR@1 accept:ECONNABORTED@1-3 pthread_create:EAGAIN@2"
//
// The numbers count the calls of that function, from 1. Without a number all
// of them fail. Instead of an error there may be "short": the call transfers
// one byte at most. Without FAULTS nothing is changed, and standard input,
// output and error never are.
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { NO_FAULT = 0, SHORT = -1, RULES_LIMIT = 8 };

struct rule {
    char function[24];
    int fault; // an error number, or SHORT
    long first, last;
};

static struct rule rules[RULES_LIMIT];
static int rule_count;

static int fault_named(const char *name)
{
    static const struct {
        const char *name;
        int fault;
    } faults[] = {
        {"short", SHORT},
        {"EINTR", EINTR},
        {"EAGAIN", EAGAIN},
        {"EMFILE", EMFILE},
        {"ENOMEM", ENOMEM},
        {"EPROTO", EPROTO},
        {"ECONNABORTED", ECONNABORTED},
        {"ECONNRESET", ECONNRESET},
    };

    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        if (strcmp(faults[i].name, name) == 0)
            return faults[i].fault;
    fprintf(stderr, "faults: there is no fault '%s'\n", name);
    abort();
}

static void add_rule(const char *text)
{
    char name[24];
    struct rule *rule = &rules[rule_count];

    if (rule_count == RULES_LIMIT ||
        sscanf(text, "%23[^:]:%23[A-Za-z]", rule->function, name) != 2) {
        fprintf(stderr, "faults: this is no rule: '%s'\n", text);
        abort();
    }
    rule->fault = fault_named(name);
    rule->first = 1;
    rule->last = LONG_MAX;
    const char *range = strchr(text, '@');
    if (range != NULL &&
        sscanf(range, "@%ld-%ld", &rule->first, &rule->last) == 1)
        rule->last = rule->first;
    rule_count++;
}

// Before main: so the rules are there before the first thread is.
__attribute__((constructor)) static void read_rules(void)
{
    const char *faults = getenv("FAULTS");
    char *rest, *text = faults != NULL ? strdup(faults) : NULL;

    if (text == NULL)
        return;
    for (char *rule = strtok_r(text, " ", &rest); rule != NULL;
         rule = strtok_r(NULL, " ", &rest))
        add_rule(rule);
    free(text);
}

// What is to happen to this call of the function.
static int fault_of(const char *function, atomic_long *calls)
{
    long call = atomic_fetch_add(calls, 1) + 1;

    for (int i = 0; i < rule_count; i++)
        if (strcmp(rules[i].function, function) == 0 &&
            call >= rules[i].first && call <= rules[i].last)
            return rules[i].fault;
    return NO_FAULT;
}

// A function that fails with -1 and errno, and whose argument `size` may be
// cut. The original is called if nothing is to happen.
#define WRAP(function, parameters, arguments, size) \
    ssize_t __real_##function parameters;           \
    ssize_t __wrap_##function parameters            \
    {                                               \
        static atomic_long calls;                   \
                                                    \
        if (file <= STDERR_FILENO)                  \
            return __real_##function arguments;     \
        int fault = fault_of(#function, &calls);    \
                                                    \
        if (fault > 0) {                            \
            errno = fault;                          \
            return -1;                              \
        }                                           \
        if (fault == SHORT && size > 1)             \
            size = 1;                               \
        return __real_##function arguments;         \
    }

WRAP(read, (int file, void *bytes, size_t size), (file, bytes, size), size)
WRAP(write, (int file, const void *bytes, size_t size), (file, bytes, size),
     size)
WRAP(recv, (int file, void *bytes, size_t size, int flags),
     (file, bytes, size, flags), size)
WRAP(send, (int file, const void *bytes, size_t size, int flags),
     (file, bytes, size, flags), size)

#define WRAP_ACCEPT(function, parameters, arguments) \
    int __real_##function parameters;                \
    int __wrap_##function parameters                 \
    {                                                \
        static atomic_long calls;                    \
        int fault = fault_of("accept", &calls);      \
                                                     \
        if (fault > 0) {                             \
            errno = fault;                           \
            return -1;                               \
        }                                            \
        return __real_##function arguments;          \
    }

WRAP_ACCEPT(accept, (int file, struct sockaddr *address, socklen_t *size),
            (file, address, size))
WRAP_ACCEPT(accept4,
            (int file, struct sockaddr *address, socklen_t *size, int flags),
            (file, address, size, flags))

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *argument);

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *argument)
{
    static atomic_long calls;
    int fault = fault_of("pthread_create", &calls);

    return fault > 0
               ? fault
               : __real_pthread_create(thread, attributes, start, argument);
}
