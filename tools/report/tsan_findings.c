// tsan_findings: writes down what ThreadSanitizer reports, as data.
//
// Linked into a program that is built with -fsanitize=thread. For every report
// one JSON object goes to the file that the environment variable TSAN_FINDINGS
// names, and if TSAN_REPORT is the number of a descriptor, the text goes there:
// the interface is <sanitizer/tsan_interface.h>'s debugging part, which has no
// header of its own (compiler-rt/lib/tsan/rtl/tsan_interface.h). It does not
// tell which locks each access held; tools/report/findings takes that from the
// text of the report.
//
// Compile this file without -fsanitize=thread. It runs inside of the detector,
// so it calls no function that the detector intercepts, apart from snprintf.
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FRAMES = 16, LINE_SIZE = 16384 };

int __tsan_get_report_data(void *report, const char **description, int *count,
                           int *stacks, int *accesses, int *locations,
                           int *mutexes, int *threads, int *unique_threads,
                           void **sleep_trace, uintptr_t trace_size);
int __tsan_get_report_mop(void *report, uintptr_t index, int *thread,
                          void **address, int *size, int *write, int *atomic,
                          void **trace, uintptr_t trace_size);
int __tsan_get_report_loc(void *report, uintptr_t index, const char **type,
                          void **address, uintptr_t *start, uintptr_t *size,
                          int *thread, int *descriptor, int *suppressable,
                          void **trace, uintptr_t trace_size);
int __tsan_get_report_mutex(void *report, uintptr_t index, uintptr_t *id,
                            void **address, int *destroyed, void **trace,
                            uintptr_t trace_size);
int __tsan_get_report_stack(void *report, uintptr_t index, void **trace,
                            uintptr_t trace_size);
void __sanitizer_symbolize_pc(void *pc, const char *format, char *text,
                              size_t size);
void __sanitizer_symbolize_global(void *address, const char *format, char *text,
                                  size_t size);
void __sanitizer_set_report_fd(void *descriptor);
void __tsan_on_report(void *report);

// One line of output. What does not fit is left out: `full` says so.
struct line {
    char text[LINE_SIZE];
    size_t length;
    bool full;
};

__attribute__((format(printf, 2, 3))) static void add(struct line *line,
                                                      const char *format, ...)
{
    size_t room = LINE_SIZE - line->length;
    va_list arguments;

    va_start(arguments, format);
    int length = vsnprintf(line->text + line->length, room, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= room)
        line->full = true;
    else
        line->length += (size_t)length;
}

// A JSON string. Names of C have nothing to escape but what a path may have.
static void add_string(struct line *line, const char *text)
{
    add(line, "\"");
    for (; *text != '\0'; text++)
        if ((unsigned char)*text >= ' ')
            add(line, *text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
    add(line, "\"");
}

// A trace holds return addresses: the call is before them.
static void add_frames(struct line *line, void *const trace[FRAMES])
{
    add(line, "\"frames\":[");
    for (int i = 0; i < FRAMES && trace[i] != NULL; i++) {
        char text[3][512];
        void *call = (char *)trace[i] - 1;

        __sanitizer_symbolize_pc(call, "%f", text[0], sizeof text[0]);
        __sanitizer_symbolize_pc(call, "%s", text[1], sizeof text[1]);
        __sanitizer_symbolize_pc(call, "%l", text[2], sizeof text[2]);
        add(line, "%s{\"function\":", i > 0 ? "," : "");
        add_string(line, text[0]);
        add(line, ",\"file\":");
        add_string(line, text[1]);
        add(line, ",\"line\":%d}", atoi(text[2]));
    }
    add(line, "]");
}

static void add_access(struct line *line, void *report, int index)
{
    void *trace[FRAMES] = {NULL}, *address;
    int thread, size, write, atomic;

    __tsan_get_report_mop(report, (uintptr_t)index, &thread, &address, &size,
                          &write, &atomic, trace, FRAMES);
    add(line,
        "%s{\"thread\":%d,\"operation\":\"%s\",\"atomic\":%s,\"size\":%d,",
        index > 0 ? "," : "", thread, write ? "write" : "read",
        atomic ? "true" : "false", size);
    add_frames(line, trace);
    add(line, "}");
}

// Reports that are not about accesses have the stacks of what they are about:
// where two locks were taken, for example.
static void add_stack(struct line *line, void *report, int index)
{
    void *trace[FRAMES] = {NULL};

    __tsan_get_report_stack(report, (uintptr_t)index, trace, FRAMES);
    add(line, "%s{\"operation\":\"call\",", index > 0 ? "," : "");
    add_frames(line, trace);
    add(line, "}");
}

// Where the accessed memory is: a variable by its name, or a kind of memory.
static void add_location(struct line *line, void *report)
{
    void *trace[FRAMES] = {NULL}, *address;
    const char *type;
    char name[256] = "";
    uintptr_t start, size;
    int thread, descriptor, suppressable;

    __tsan_get_report_loc(report, 0, &type, &address, &start, &size, &thread,
                          &descriptor, &suppressable, trace, FRAMES);
    if (strcmp(type, "global") == 0)
        __sanitizer_symbolize_global(address, "%g", name, sizeof name);
    add(line, ",\"location\":{\"type\":");
    add_string(line, type);
    add(line, ",\"name\":");
    add_string(line, name);
    add(line, ",\"thread\":%d,", thread);
    add_frames(line, trace);
    add(line, "}");
}

static void add_mutex(struct line *line, void *report, int index)
{
    void *trace[FRAMES] = {NULL}, *address;
    char name[256] = "";
    uintptr_t id;
    int destroyed;

    __tsan_get_report_mutex(report, (uintptr_t)index, &id, &address, &destroyed,
                            trace, FRAMES);
    __sanitizer_symbolize_global(address, "%g", name, sizeof name);
    add(line, "%s\"M%lu\":", index > 0 ? "," : "", (unsigned long)id);
    add_string(line, name);
}

static void write_line(const struct line *line)
{
    const char *path = getenv("TSAN_FINDINGS");
    long file;

    if (path == NULL || line->full)
        return;
    file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND,
                   0666);
    if (file < 0)
        return; // the text of the report is still there
    (void)!syscall(SYS_write, file, line->text, line->length);
    syscall(SYS_close, file);
}

// Before main: the detector itself is there already.
__attribute__((constructor)) static void choose_descriptor(void)
{
    const char *number = getenv("TSAN_REPORT");

    if (number != NULL)
        __sanitizer_set_report_fd((void *)(uintptr_t)atoi(number));
}

// Called by the detector after it has printed a report.
void __tsan_on_report(void *report)
{
    static struct line line; // the detector makes one report at a time
    const char *description;
    void *sleep_trace[FRAMES];
    int count, stacks, accesses, locations, mutexes, threads, unique_threads;

    __tsan_get_report_data(report, &description, &count, &stacks, &accesses,
                           &locations, &mutexes, &threads, &unique_threads,
                           sleep_trace, FRAMES);
    line.length = 0;
    line.full = false;
    add(&line, "{\"tool\":\"ThreadSanitizer\",\"kind\":");
    add_string(&line, description);
    add(&line, ",\"accesses\":[");
    for (int i = 0; i < accesses; i++)
        add_access(&line, report, i);
    for (int i = 0; accesses == 0 && i < stacks; i++)
        add_stack(&line, report, i);
    add(&line, "]");
    if (locations > 0)
        add_location(&line, report);
    add(&line, ",\"mutexes\":{");
    for (int i = 0; i < mutexes; i++)
        add_mutex(&line, report, i);
    add(&line, "}}\n");
    write_line(&line);
}
