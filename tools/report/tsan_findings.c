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
// Compile this file without -fsanitize=thread: it runs inside of the detector.
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json_line.h"

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
int __tsan_get_report_thread(void *report, uintptr_t index, int *thread,
                             uint64_t *id, int *running, const char **name,
                             int *parent, void **trace, uintptr_t trace_size);
int __tsan_get_report_stack(void *report, uintptr_t index, void **trace,
                            uintptr_t trace_size);
void __sanitizer_symbolize_global(void *address, const char *format, char *text,
                                  size_t size);
void __sanitizer_set_report_fd(void *descriptor);
void __tsan_on_report(void *report);

static uintptr_t loaded_at; // the program: its debug information counts from 0

static unsigned long in_program(void *address)
{
    return (unsigned long)((uintptr_t)address - loaded_at);
}

static void add_access(struct line *line, void *report, int index)
{
    void *trace[FRAMES] = {NULL}, *address;
    int thread, size, write, atomic;

    __tsan_get_report_mop(report, (uintptr_t)index, &thread, &address, &size,
                          &write, &atomic, trace, FRAMES);
    line_add(line,
             "%s{\"thread\":%d,\"operation\":\"%s\",\"atomic\":%s,\"size\":%d,",
             index > 0 ? "," : "", thread, write ? "write" : "read",
             atomic ? "true" : "false", size);
    line_frames(line, trace);
    line_add(line, "}");
}

// Reports that are not about accesses have the stacks of what they are about:
// where two locks were taken, for example.
static void add_stack(struct line *line, void *report, int index)
{
    void *trace[FRAMES] = {NULL};

    __tsan_get_report_stack(report, (uintptr_t)index, trace, FRAMES);
    line_add(line, "%s{\"operation\":\"call\",", index > 0 ? "," : "");
    line_frames(line, trace);
    line_add(line, "}");
}

// A thread that nobody joins: where it was created.
static void add_creation(struct line *line, void *report, int index)
{
    void *trace[FRAMES] = {NULL};
    const char *name;
    uint64_t id;
    int thread, running, parent;

    __tsan_get_report_thread(report, (uintptr_t)index, &thread, &id, &running,
                             &name, &parent, trace, FRAMES);
    line_add(line, "%s{\"operation\":\"create\",", index > 0 ? "," : "");
    line_frames(line, trace);
    line_add(line, "}");
}

// The report has the beginning of the variable; which part of it was accessed,
// the first access says.
static void *accessed(void *report)
{
    void *trace[FRAMES], *address;
    int thread, size, write, atomic;

    __tsan_get_report_mop(report, 0, &thread, &address, &size, &write, &atomic,
                          trace, FRAMES);
    return address;
}

// Where the accessed memory is: a variable by its name, or a kind of memory.
static void add_location(struct line *line, void *report, bool is_access)
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
    line_add(line, ",\"location\":{\"type\":");
    line_string(line, type);
    line_add(line, ",\"name\":");
    line_string(line, name);
    if (is_access)
        address = accessed(report);
    line_add(line, ",\"at\":%lu,\"thread\":%d,", in_program(address), thread);
    line_frames(line, trace);
    line_add(line, "}");
}

// The name that pthread_setname_np gave, or none.
static void add_thread(struct line *line, void *report, int index)
{
    void *trace[FRAMES] = {NULL};
    const char *name = NULL;
    uint64_t id;
    int thread, running, parent;

    __tsan_get_report_thread(report, (uintptr_t)index, &thread, &id, &running,
                             &name, &parent, trace, FRAMES);
    line_add(line, "%s\"%d\":", index > 0 ? "," : "", thread);
    line_string(line, name != NULL ? name : "");
}

// Of the locks in an array all have its name: where they are, tells them apart.
static void add_mutex(struct line *line, void *report, int index)
{
    void *trace[FRAMES] = {NULL}, *address;
    char name[256] = "", part[32] = "";
    uintptr_t id;
    int destroyed;

    __tsan_get_report_mutex(report, (uintptr_t)index, &id, &address, &destroyed,
                            trace, FRAMES);
    __sanitizer_symbolize_global(address, "%g", name, sizeof name);
    if (name[0] != '\0')
        snprintf(part, sizeof part, " @%lu", in_program(address));
    strncat(name, part, sizeof name - strlen(name) - 1);
    line_add(line, "%s\"M%lu\":", index > 0 ? "," : "", (unsigned long)id);
    line_string(line, name);
}

// The first is the program itself.
static int note_load(struct dl_phdr_info *info, size_t size, void *unused)
{
    (void)size;
    (void)unused;
    loaded_at = info->dlpi_addr;
    return 1;
}

// Before main: the detector itself is there already.
__attribute__((constructor)) static void prepare(void)
{
    const char *number = getenv("TSAN_REPORT");

    dl_iterate_phdr(note_load, NULL);
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
    line_begin(&line);
    line_add(&line, "{\"tool\":\"ThreadSanitizer\",\"kind\":");
    line_string(&line, description);
    line_add(&line, ",\"accesses\":[");
    for (int i = 0; i < accesses; i++)
        add_access(&line, report, i);
    for (int i = 0; accesses == 0 && i < stacks; i++)
        add_stack(&line, report, i);
    for (int i = 0; accesses == 0 && stacks == 0 && i < threads; i++)
        add_creation(&line, report, i);
    line_add(&line, "]");
    if (locations > 0)
        add_location(&line, report, accesses > 0);
    line_add(&line, ",\"mutexes\":{");
    for (int i = 0; i < mutexes; i++)
        add_mutex(&line, report, i);
    line_add(&line, "},\"threads\":{");
    for (int i = 0; i < threads; i++)
        add_thread(&line, report, i);
    line_add(&line, "}}\n");
    line_write(&line, "TSAN_FINDINGS");
}
