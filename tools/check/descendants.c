#include "descendants.h"

#include <dirent.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Returns the parent of a process, or 0 if it is gone. In /proc/PID/stat the
// second field, the name, is in parentheses and may itself contain some, or the
// end of a line: proc(5).
static pid_t parent_of(pid_t process)
{
    char path[32], text[512];
    pid_t parent = 0;

    snprintf(path, sizeof path, "/proc/%d/stat", (int)process);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return 0;
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    const char *name_end = strrchr(text, ')');
    if (name_end == NULL || sscanf(name_end, ") %*c %d", &parent) != 1)
        return 0;
    return parent;
}

static bool is_descendant(pid_t process)
{
    for (pid_t self = getpid(); process > 1; process = parent_of(process))
        if (parent_of(process) == self)
            return true;
    return false;
}

// Calls a function for each and returns the sum of what it returns.
static long sum_over_all(long (*visit)(pid_t process))
{
    DIR *directory = opendir("/proc");
    struct dirent *entry;
    long sum = 0;

    if (directory == NULL)
        return 0;
    while ((entry = readdir(directory)) != NULL) {
        pid_t process = (pid_t)atoi(entry->d_name);

        if (process > 0 && is_descendant(process))
            sum += visit(process);
    }
    closedir(directory);
    return sum;
}

static long kill_one(pid_t process)
{
    kill(process, SIGKILL);
    return 1;
}

int descendants_kill(void)
{
    return (int)sum_over_all(kill_one);
}

// The second field of /proc/PID/statm: pages. proc(5)
static long pages_of(pid_t process)
{
    char path[32];
    long pages = 0;

    snprintf(path, sizeof path, "/proc/%d/statm", (int)process);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return 0;
    if (fscanf(file, "%*d %ld", &pages) != 1)
        pages = 0;
    fclose(file);
    return pages;
}

long descendants_memory(void)
{
    return sum_over_all(pages_of) * sysconf(_SC_PAGESIZE) / (1024L * 1024);
}
