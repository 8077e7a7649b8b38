# Which findings are no mistake of the program, and why: those of false_alarms.txt in the
# kit's own programs, and in any program what a detector is known not to understand.

include "subject";

# Why this is no mistake of the program, if all who saw it are known to err here.
def false_alarm($known; $seen):
    . as $finding
    | def covers: .kind == $finding.kind
        and (.variable == "*" or .variable == ($finding | base))
        and (.file as $file | $file == "*" or any($finding.accesses[].path // ""; endswith($file)));
      [$seen[] as $tool | [$known[] | select(.detector == $tool and covers).reason] | first // null]
    | if length > 0 and all(. != null) then .[0] else null end;

# What a detector does not understand, and those that do have looked to their end and
# found nothing at all: interleave in all orders that it tried.
def found_nothing($name): any(.detectors[]; .name == $name and .state == "complete" and .findings == []);

def uses($words): any(.sources[].text; test($words));

def prints: ["printf", "fprintf", "vprintf", "vfprintf", "puts", "fputs", "putchar", "putc", "fputc", "fwrite", "fflush", "perror"];

def false_alarm_by_kind($report; $seen):
    if $seen == ["DRD"] and .kind == "data-race" and .variable == "memory without a name" and IN(.accesses[0].through; prints[]) then
        "the C library has a lock for each file, which DRD does not see."
    elif ($seen - ["Helgrind", "DRD"]) != [] or ($report | found_nothing("interleave") and found_nothing("ThreadSanitizer") | not) then null
    elif .kind == "data-race" and ($report | uses("\\b(_Atomic|atomic_|__atomic_|__sync_)")) then
        "\($seen | join(" and ")) \(if ($seen | length) > 1 then "do" else "does" end) not understand C11 atomics, nor what they order. ThreadSanitizer and interleave do, and find nothing."
    elif .kind == "data-race" and ($report | uses("\\b(pthread_once|call_once)\\b")) then
        "\($seen | join(" and ")) \(if ($seen | length) > 1 then "do" else "does" end) not know that who comes to pthread_once() later comes behind whoever was there first. ThreadSanitizer and interleave do, and find nothing."
    elif .kind == "signal-without-lock" then
        "it is allowed to signal without the lock, and interleave has found no order of the threads in which a wakeup gets lost."
    else null end;
