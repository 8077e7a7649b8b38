#include "schedule.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clients.h"

static int line_of_turn[TURNS_LIMIT];

struct reader {
    const char *path;
    int line;
    struct symbols *symbols;
    struct order *order;
    uint16_t stops; // used in order->stop
};

static bool complain(const struct reader *reader, const char *what,
                     const char *detail)
{
    fprintf(stderr, "interleave: %s:%d: %s%s\n", reader->path, reader->line,
            what, detail);
    return false;
}

// The code where a turn ends. Long schedules end their turns at few places:
// what an earlier turn has, too, is kept once.
static bool keep_stops(struct reader *reader, struct turn *turn,
                       const struct stop *stop, int count)
{
    struct stop *known = reader->order->stop;
    size_t size = (size_t)count * sizeof *stop;
    int at = 0;

    while (at + count <= reader->stops && memcmp(known + at, stop, size) != 0)
        at++;
    if (at + count > reader->stops) {
        at = reader->stops;
        if (at + count > STOPS_LIMIT)
            return complain(reader, "too many places for one schedule", "");
        memcpy(known + at, stop, size);
        reader->stops = (uint16_t)(at + count);
    }
    turn->stop = (uint16_t)at;
    turn->stops = (uint16_t)count;
    return true;
}

// A line of a file: all code that belongs to it.
static bool read_file_line(struct reader *reader, struct turn *turn,
                           const char *file, int line)
{
    struct stop stop[STOPS_LIMIT];
    int count = symbols_line(reader->symbols, file, line, stop, STOPS_LIMIT);

    return count > 0
               ? keep_stops(reader, turn, stop, count)
               : complain(reader, "there is no code in that line of ", file);
}

static bool read_anchor(struct reader *reader, struct turn *turn,
                        const char *file, const char *anchor)
{
    char any[256];

    if (*file == '\0' &&
        symbols_anchor_file(reader->symbols, anchor, any, sizeof any))
        file = any;
    int line = symbols_anchor(reader->symbols, file, anchor);
    return line > 0 ? read_file_line(reader, turn, file, line)
                    : complain(reader,
                               "there is no line with that anchor: ", anchor);
}

static bool read_function(struct reader *reader, struct turn *turn,
                          const char *name)
{
    struct stop stop;

    turn->enters = true;
    return symbols_function(reader->symbols, name, &stop)
               ? keep_stops(reader, turn, &stop, 1)
               : complain(reader, "there is no function ", name);
}

static bool read_stop(struct reader *reader, struct turn *turn, char *stop)
{
    char *sign;
    uint64_t step = clients_step(reader->order, turn->name, stop);

    turn->exits = strcmp(stop, "exit") == 0;
    if (turn->exits || strcmp(stop, "end") == 0)
        return true;
    if (step != 0) // it stands in no file
        return keep_stops(reader, turn, &(struct stop){step, step}, 1);
    if (strncmp(stop, "lock ", 5) == 0) {
        turn->object = symbols_address(reader->symbols, stop + 5);
        return turn->object != 0 ||
               complain(reader, "there is no variable ", stop + 5);
    }
    if ((sign = strchr(stop, '@')) != NULL) {
        *sign = '\0';
        return read_anchor(reader, turn, stop, sign + 1);
    }
    if ((sign = strchr(stop, ':')) != NULL) {
        *sign = '\0';
        return read_file_line(reader, turn, stop, atoi(sign + 1));
    }
    return read_function(reader, turn, stop);
}

// Cuts the text off before a # and the blanks before that. Returns what stood
// behind the #.
static const char *trim(char *text)
{
    size_t length = strcspn(text, "#\n");
    const char *behind = text + length + (text[length] == '#');

    while (length > 0 && isspace((unsigned char)text[length - 1]))
        length--;
    text[length] = '\0';
    return behind;
}

// "#2" behind a stop: the second time. Anything else there is a comment.
static bool read_times(const struct reader *reader, struct turn *turn,
                       const char *behind)
{
    long times = isdigit((unsigned char)*behind) ? strtol(behind, NULL, 10) : 1;

    turn->times = (uint16_t)times;
    return (times >= 1 && times <= UINT16_MAX) ||
           complain(reader, "#1 is the first time, #65535 the last one", "");
}

// The name of who goes on, and where the turn ends: 256 characters.
static bool read_turn(const char *text, struct turn *turn, char *stop)
{
    if (sscanf(text, "%15s until %255[^\n]", turn->name, stop) == 2)
        return true;
    turn->wakes = true;
    return sscanf(text, "%15s wakes until %255[^\n]", turn->name, stop) == 2;
}

static bool read_line(struct reader *reader, char *text)
{
    struct order *order = reader->order;
    struct turn turn = {.thread = -1};
    const char *behind = trim(text);
    char stop[256];

    if (text[strspn(text, " \t")] == '\0')
        return true;
    if (!read_turn(text, &turn, stop))
        return complain(reader, "a turn is: NAME until STOP; not: ", text);
    if (order->turns == TURNS_LIMIT)
        return complain(reader, "too many turns", "");
    if (!read_times(reader, &turn, behind) || !read_stop(reader, &turn, stop))
        return false;
    line_of_turn[order->turns] = reader->line;
    order->turn[order->turns++] = turn;
    return true;
}

bool schedule_read(const char *path, struct symbols *symbols,
                   struct order *order)
{
    struct reader reader = {.path = path, .symbols = symbols, .order = order};
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t size = 0;
    bool good = true;

    if (file == NULL) {
        fprintf(stderr, "interleave: cannot open %s: %s\n", path,
                strerror(errno));
        return false;
    }
    order->turns = 0;
    while (good && getline(&line, &size, file) > 0) {
        reader.line++;
        good = read_line(&reader, line);
    }
    free(line);
    fclose(file);
    return good;
}

int schedule_line(int turn)
{
    return turn >= 0 && turn < TURNS_LIMIT ? line_of_turn[turn] : 0;
}
