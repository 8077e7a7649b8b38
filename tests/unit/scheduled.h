// scheduled: what the tests of schedules share: a program, which is the test
// itself, and how a text is read as a file.
#ifndef SCHEDULED_H
#define SCHEDULED_H

#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "capture.h"
#include "interleave/schedule.h"

#define FILE_NAME "scheduled.h" // where its code is

static volatile int sold, limit;
static volatile long house; // a lock, as far as a schedule is concerned

__attribute__((noinline, used)) static void sell(int seats)
{
    int free = limit - sold; // @look

    if (free >= seats)
        sold = sold + seats; // @count
    limit = limit - 1;
    house = house + seats;
}

static struct symbols *symbols;
static struct order order; // what was read last

static int open_symbols(void **state)
{
    (void)state;
    symbols = symbols_open("/proc/self/exe");
    return symbols != NULL ? 0 : -1;
}

static int close_symbols(void **state)
{
    (void)state;
    symbols_close(symbols);
    return 0;
}

enum { SAID = 400 };

// Reads the text as a file into the order. What is said comes back without
// "interleave: " and the file's name.
static bool read_text(const char *text, size_t length, char said[SAID])
{
    char path[] = "/tmp/schedule.XXXXXX", all[SAID];
    int descriptor = mkstemp(path);

    assert_int_equal(write(descriptor, text, length), length);
    close(descriptor);
    struct capture capture = capture_begin(stderr);
    bool good = schedule_read(path, symbols, &order);
    capture_end(&capture, all, sizeof all);
    unlink(path);
    const char *rest = strstr(all, path);
    snprintf(said, SAID, "%s", rest != NULL ? rest + strlen(path) + 1 : all);
    return good;
}

#endif
