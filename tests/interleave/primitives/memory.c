// Accesses of each kind to shared memory; the argument says which, "locked" in
// front that a mutex protects them. Without, each is a data race.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef long vector __attribute__((vector_size(16)));

static struct {
    char byte;
    short pair;
    int word;
    long both;
    vector wide;
} of_size;
static struct large {
    char text[200];
} one = {"one"}, other = {"other"};
static struct {
    unsigned low : 4, high : 4;
} bits;
static struct {
    char byte;
    int number;
    long large;
} __attribute__((packed)) packed;
static volatile int flag;
static char text[64] = "12,34,56", target[64];
static int numbers[8] = {3, 1, 2};
static __thread int own;

static void bytes(void)
{
    of_size.byte++;
}
static void pairs(void)
{
    of_size.pair++;
}
static void words(void)
{
    of_size.word++;
}
static void longs(void)
{
    of_size.both++;
}
static void wides(void)
{
    of_size.wide += 1;
}
static void copies(void)
{
    one = other;
}
static void bit_fields(void)
{
    bits.high++;
}
static void packed_fields(void)
{
    packed.number++, packed.large++;
}
static void volatiles(void)
{
    flag = flag + 1;
}
static void own_memory(void)
{
    own++;
}
static void to_memcpy(void)
{
    memcpy(target, text, 20);
}
static void to_memmove(void)
{
    memmove(target, target + 1, 20);
}
static void to_memset(void)
{
    memset(target, 0, 20);
}
static void to_strcpy(void)
{
    strcpy(target, text);
}
static void to_strncpy(void)
{
    strncpy(target, text, sizeof target);
}
static void to_strcat(void)
{
    target[0] = '\0', strcat(target, "x");
}
static void to_strncat(void)
{
    strncat(target, "", 3);
}
static void to_stpcpy(void)
{
    stpcpy(target, "x");
}
static void to_snprintf(void)
{
    snprintf(target, sizeof target, "%d", 7);
}
static void to_sprintf(void)
{
    sprintf(target, "%d", 7);
}
static void to_strtok(void)
{
    strtok(text, ",");
}
static void to_qsort(void);

static int is_less(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static void to_qsort(void)
{
    qsort(numbers, 3, sizeof numbers[0], is_less);
}

// One writes, these read.
static char *volatile sink;
static volatile long result;

static void from_strlen(void)
{
    result = (long)strlen(target);
}
static void from_strcmp(void)
{
    result = strcmp("", target);
}
static void from_strncmp(void)
{
    result = strncmp("x", target, 2);
}
static void from_strcasecmp(void)
{
    result = strcasecmp("", target);
}
static void from_memcmp(void)
{
    result = memcmp(text, target, 4);
}
static void from_memchr(void)
{
    sink = memchr(target, 'x', 4);
}
static void from_strchr(void)
{
    sink = strchr(target, 'x');
}
static void from_strstr(void)
{
    sink = strstr(target, "x");
}
static void from_strspn(void)
{
    result = (long)strspn(target, "x");
}
static void from_strdup(void)
{
    free(strdup(target));
}
static void from_strndup(void)
{
    free(strndup(target, 3));
}
static void from_snprintf(void)
{
    char line[80];
    snprintf(line, sizeof line, "%-5d%*.3f%s", 1, 8, 2.5, target);
}
static void from_printf(void)
{
    printf("%ld %c %s\n", 1L, 'c', target);
}
static void from_puts(void)
{
    puts(target);
}
static void from_fwrite(void)
{
    fwrite(target, 1, 10, stdout);
}
static void from_atoi(void)
{
    result = atoi(target);
}
static void from_strtol(void)
{
    result = strtol(target, NULL, 10);
}

static void put_target(void)
{
    target[0] = '1';
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int locked;
static void (*first)(void), (*second)(void);

static void perform(void (*access)(void))
{
    if (locked)
        pthread_mutex_lock(&lock);
    access();
    if (locked)
        pthread_mutex_unlock(&lock);
}

static void *run(void *argument)
{
    perform(first);
    return argument;
}

static const struct {
    const char *name;
    void (*access)(void), (*writer)(void);
} ways[] = {
#define WRITES(name)      \
    {                     \
#name, name, NULL \
    }
#define READS(name)             \
    {                           \
#name, name, put_target \
    }
    WRITES(bytes),          WRITES(pairs),         WRITES(words),
    WRITES(longs),          WRITES(wides),         WRITES(copies),
    WRITES(bit_fields),     WRITES(packed_fields), WRITES(volatiles),
    WRITES(to_memcpy),      WRITES(to_memmove),    WRITES(to_memset),
    WRITES(to_strcpy),      WRITES(to_strncpy),    WRITES(to_strcat),
    WRITES(to_strncat),     WRITES(to_stpcpy),     WRITES(to_snprintf),
    WRITES(to_sprintf),     WRITES(to_strtok),     WRITES(to_qsort),
    READS(from_strlen),     READS(from_strcmp),    READS(from_strncmp),
    READS(from_strcasecmp), READS(from_memcmp),    READS(from_memchr),
    READS(from_strchr),     READS(from_strstr),    READS(from_strspn),
    READS(from_strdup),     READS(from_strndup),   READS(from_snprintf),
    READS(from_printf),     READS(from_puts),      READS(from_fwrite),
    READS(from_atoi),       READS(from_strtol),    WRITES(own_memory),
};

int main(int argc, char *argv[])
{
    pthread_t thread;
    size_t count = sizeof ways / sizeof *ways;

    if (argc < 2) { // what there is
        for (size_t i = 0; i < count; i++)
            puts(ways[i].name);
        return 0;
    }
    locked = argc > 2;
    for (size_t i = 0; i < count; i++)
        if (strcmp(argv[1], ways[i].name) == 0) {
            first = ways[i].access;
            second = ways[i].writer != NULL ? ways[i].writer : first;
        }
    if (first == NULL)
        return 99;
    pthread_create(&thread, NULL, run, NULL);
    perform(second);
    pthread_join(thread, NULL);
    return 0;
}
