// asan_findings: writes down what AddressSanitizer reports, as data.
//
// Linked into a program that is built with -fsanitize=address. Its report,
// after which it ends the program, goes as one JSON object to the file that the
// environment variable ASAN_FINDINGS names: the interface is
// <sanitizer/asan_interface.h>. Compile this file without -fsanitize=address.
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>
#include <unwind.h>

#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>

#include "json_line.h"

// The stack of the access: what is called from the function where it happened
// is the detector itself.
struct walk {
    void *function, *trace[FRAMES];
    int count;
};

static _Unwind_Reason_Code keep(struct _Unwind_Context *context, void *argument)
{
    struct walk *walk = argument;

    if (walk->count == 0 &&
        (void *)_Unwind_GetRegionStart(context) != walk->function)
        return _URC_NO_REASON;
    if (walk->count == FRAMES)
        return _URC_END_OF_STACK;
    walk->trace[walk->count++] = (void *)_Unwind_GetIP(context);
    return _URC_NO_REASON;
}

static void add_access(struct line *line)
{
    char *pc = __asan_get_report_pc();
    struct walk walk = {.function = _Unwind_FindEnclosingFunction(pc)};

    _Unwind_Backtrace(keep, &walk);
    if (walk.count == 0)
        walk.trace[0] = pc + 1;
    line_add(line, "{\"operation\":\"%s\",\"size\":%zu,",
             __asan_get_report_access_type() ? "write" : "read",
             __asan_get_report_access_size());
    line_frames(line, walk.trace);
    line_add(line, "}");
}

// Who allocated or freed the memory.
static void add_stack(struct line *line, const char *operation,
                      size_t (*get)(void *, void **, size_t, int *))
{
    void *trace[FRAMES] = {NULL};
    int thread;

    if (get(__asan_get_report_address(), trace, FRAMES, &thread) == 0)
        return;
    line_add(line, ",{\"thread\":%d,\"operation\":\"%s\",", thread, operation);
    line_frames(line, trace);
    line_add(line, "}");
}

static bool begins_with(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

// The detector's own description tells the kind of memory. (To ask
// __asan_locate_address for it would wait for a lock that the report holds.)
static void add_location(struct line *line, const char *description)
{
    char name[256] = "";
    const char *type = begins_with(description, "heap-")     ? "heap"
                       : begins_with(description, "stack-")  ? "stack"
                       : begins_with(description, "global-") ? "global"
                                                             : "memory";

    if (strcmp(type, "global") == 0)
        __sanitizer_symbolize_global(__asan_get_report_address(), "%g", name,
                                     sizeof name);
    line_add(line, ",\"location\":{\"type\":");
    line_string(line, type);
    line_add(line, ",\"name\":");
    line_string(line, name);
    line_add(line, ",\"frames\":[]}");
}

static atomic_bool reports;

// main may end while another thread is reported: then the process waits for the
// detector, which ends it.
__attribute__((destructor)) static void wait_for_report(void)
{
    while (reports)
        pause();
}

// Called by the detector before it prints its report.
void __asan_on_error(void)
{
    static struct line line; // it is called once
    reports = true;
    const char *description = __asan_get_report_description();

    line_begin(&line);
    line_add(&line, "{\"tool\":\"AddressSanitizer\",\"kind\":");
    line_string(&line, description);
    line_add(&line, ",\"accesses\":[");
    add_access(&line);
    if (begins_with(description, "heap-")) {
        add_stack(&line, "free", __asan_get_free_stack);
        add_stack(&line, "allocate", __asan_get_alloc_stack);
    }
    line_add(&line, "]");
    add_location(&line, description);
    line_add(&line, "}\n");
    line_write(&line, "ASAN_FINDINGS");
}
