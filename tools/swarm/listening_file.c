// What listeners heard, as a part of a history's file:
//
//     watcher#3 900 1000 WATCH -> OK watching   called, returned (- -> none)
//     watcher#3 1200 - EVENT SOLD 7 alice       heard
//     watcher#3 1500 - LINE EVENT SOLOK 3       a line that must not be
//
// An EVENT for a name that never said WATCH must not be either.
#include "listening_file.h"

#include <inttypes.h>
#include <string.h>

static void write_listener(const struct history *history,
                           const struct listener *listener, FILE *file)
{
    const char *label = names_text(&history->names, listener->name);

    if (listener->answered != NEVER)
        fprintf(file, "%s %" PRId64 " %" PRId64 " WATCH -> OK watching\n",
                label, listener->called, listener->answered);
    else if (listener->called != NEVER)
        fprintf(file, "%s %" PRId64 " - WATCH ->\n", label, listener->called);
    for (int i = 0; i < listener->count; i++) {
        const struct heard *heard = &listener->heard[i];

        fprintf(file, "%s %" PRId64 " - EVENT %s %d %s\n", label, heard->time,
                heard->sold ? "SOLD" : "FREE", heard->seat,
                names_text(&history->names, heard->name));
    }
}

void listening_write(const struct history *history, FILE *file)
{
    const struct listening *listening = &history->listening;

    for (int i = 0; i < listening->listeners; i++)
        write_listener(history, &listening->listener[i], file);
    for (int i = 0; i < listening->strays; i++)
        fprintf(file, "%s %" PRId64 " - LINE %s\n",
                names_text(&history->names, listening->stray[i].name),
                listening->stray[i].time, listening->stray[i].text);
}

bool listening_parse(const struct history *history, const char *line,
                     struct heard *heard)
{
    char kind[5], name[NAME_SIZE], again[64];

    if (sscanf(line, "EVENT %4s %d %15s", kind, &heard->seat, name) != 3)
        return false;
    heard->sold = strcmp(kind, "SOLD") == 0;
    heard->name = names_find(&history->names, name);
    snprintf(again, sizeof again, "EVENT %s %d %s",
             heard->sold ? "SOLD" : "FREE", heard->seat, name);
    return strcmp(line, again) == 0 && heard->name != NOBODY &&
           heard->seat >= 1 && heard->seat <= history->seats;
}

// The listener's, which is added if it is new.
static struct listener *listener_of(struct history *history, int name)
{
    struct listener *listener = listening_find(&history->listening, name);

    return listener != NULL ? listener
                            : listening_add(&history->listening, name);
}

// "1000 WATCH -> OK watching" or "- WATCH ->".
static bool parse_watch(const char *rest, int64_t *answered)
{
    int end = 0;

    *answered = NEVER;
    if (strcmp(rest, "- WATCH ->") == 0)
        return true;
    return sscanf(rest, "%" SCNd64 " WATCH -> OK watching%n", answered, &end) ==
               1 &&
           end > 0 && rest[end] == '\0';
}

static bool read_watch(struct history *history, int name, int64_t called,
                       const char *rest)
{
    struct listener *listener = listener_of(history, name);
    bool first = listener->called == NEVER;

    listener->called = called;
    return first && parse_watch(rest, &listener->answered) &&
           listener->answered >= called;
}

// An event comes after those that were read before.
static bool read_event(struct history *history, int name, int64_t time,
                       const char *event)
{
    struct heard heard = {.time = time};

    if (!listening_parse(history, event, &heard)) {
        listening_stray(&history->listening, name, time, event);
        return true;
    }
    struct listener *listener = listener_of(history, name);
    if (listener->count > 0 && listener->heard[listener->count - 1].time > time)
        return false;
    listening_hear(listener, &heard);
    return true;
}

bool listening_read(struct history *history, const char *line, bool *understood)
{
    char name[NAME_SIZE];
    int64_t time;
    int end = 0;

    if (sscanf(line, "%15s %" SCNd64 " %n", name, &time, &end) != 2 || end == 0)
        return false;
    const char *rest = line + end;
    int number = names_add(&history->names, name);
    if (strncmp(rest, "- EVENT ", 8) == 0)
        *understood = read_event(history, number, time, rest + 2);
    else if (strncmp(rest, "- LINE ", 7) == 0)
        listening_stray(&history->listening, number, time, rest + 7);
    else if (strstr(rest, " WATCH ->") != NULL)
        *understood = read_watch(history, number, time, rest);
    else
        return false;
    return true;
}
