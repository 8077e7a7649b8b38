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

// A line of a file: all code that belongs to it.
static bool read_file_line(struct reader *reader, struct turn *turn,
                           const char *file, int line)
{
    struct stop *stop = &reader->order->stop[reader->stops];
    int room = STOPS_LIMIT - reader->stops;

    turn->stop = reader->stops;
    turn->stops =
        (uint16_t)symbols_line(reader->symbols, file, line, stop, room);
    reader->stops = (uint16_t)(reader->stops + turn->stops);
    return turn->stops > 0 ||
           complain(reader, "there is no code in that line of ", file);
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
    struct stop *stop = &reader->order->stop[reader->stops];

    if (reader->stops == STOPS_LIMIT ||
        !symbols_function(reader->symbols, name, stop))
        return complain(reader, "there is no function ", name);
    turn->stop = reader->stops++;
    turn->stops = 1;
    turn->enters = true;
    return true;
}

// A step of a client stands in no file.
static bool read_client_step(struct reader *reader, struct turn *turn,
                             uint64_t step)
{
    if (reader->stops == STOPS_LIMIT)
        return complain(reader, "too many stops", "");
    turn->stop = reader->stops++;
    turn->stops = 1;
    reader->order->stop[turn->stop] = (struct stop){step, step};
    return true;
}

static bool read_stop(struct reader *reader, struct turn *turn, char *stop)
{
    char *sign;
    uint64_t step = clients_step(reader->order, turn->name, stop);

    turn->exits = strcmp(stop, "exit") == 0;
    if (turn->exits || strcmp(stop, "end") == 0)
        return true;
    if (step != 0)
        return read_client_step(reader, turn, step);
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

static void trim(char *text)
{
    size_t length = strcspn(text, "#\n");

    while (length > 0 && isspace((unsigned char)text[length - 1]))
        length--;
    text[length] = '\0';
}

// "#2" behind a stop: the second time. Cuts it off.
static int read_times(char *text)
{
    char *sign = strrchr(text, '#');
    int times = sign != NULL ? atoi(sign + 1) : 0;

    return times > 0 ? times : 1;
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
    struct turn turn = {.thread = -1, .times = (uint16_t)read_times(text)};
    char stop[256];

    trim(text);
    if (text[strspn(text, " \t")] == '\0')
        return true;
    if (!read_turn(text, &turn, stop))
        return complain(reader, "a turn is: NAME until STOP; not: ", text);
    if (order->turns == TURNS_LIMIT)
        return complain(reader, "too many turns", "");
    if (!read_stop(reader, &turn, stop))
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
