// A history as a file, for people and for --judge:
//
//     :seats 8                          the house; before all else
//     :held 7 zoe                       who held what before the first request
//     alice 1200 1400 BOOK 7 -> OK 7    who, called, returned, what was said
//     bob 1300 1500 WHO 7 -> OK alice   times in nanoseconds
//     carol 1600 - CANCEL 7 ->          no reply came
//
// Lines that are empty or begin with # say nothing. Those about events are in
// listening_file.c.
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "history.h"
#include "listening_file.h"

void history_reply_text(const struct history *history,
                        const struct operation *operation, char *text,
                        size_t size)
{
    switch (operation->outcome) {
    case NO_REPLY:
        text[0] = '\0';
        break;
    case DONE:
        snprintf(text, size, "OK %d",
                 operation->verb == MOVE ? operation->to : operation->seat);
        break;
    case TAKEN:
        snprintf(text, size, "ERR taken %s",
                 names_text(&history->names, operation->holder));
        break;
    case NOT_YOURS:
        snprintf(text, size, "ERR not yours");
        break;
    case HELD:
        snprintf(text, size, "OK %s",
                 names_text(&history->names, operation->holder));
        break;
    case FREE:
        snprintf(text, size, "OK free");
        break;
    case COUNT:
        snprintf(text, size, "OK %d", operation->count);
        break;
    case PICTURE:
        snprintf(text, size, "OK ");
        for (int seat = 1; seat <= history->seats; seat++)
            strcat(text, history_pictured(operation, seat) ? "#" : ".");
        break;
    case STRANGE:
        snprintf(text, size, "%s", operation->strange);
        break;
    }
}

static void write_operation(const struct history *history,
                            const struct operation *operation, FILE *file)
{
    char request[32], reply[SEATS_LIMIT + 8], returned[24] = "-";

    history_request(operation, request, sizeof request);
    history_reply_text(history, operation, reply, sizeof reply);
    if (operation->returned != NEVER)
        snprintf(returned, sizeof returned, "%" PRId64, operation->returned);
    fprintf(file, "%s %" PRId64 " %s %s -> %s\n",
            names_text(&history->names, operation->name), operation->called,
            returned, request, reply);
}

bool history_write(const struct history *history, FILE *file)
{
    fprintf(file, "# name called returned request -> reply (nanoseconds)\n");
    fprintf(file, ":seats %d\n", history->seats);
    for (int seat = 1; seat <= history->seats; seat++)
        if (history->initial[seat] != NOBODY)
            fprintf(file, ":held %d %s\n", seat,
                    names_text(&history->names, history->initial[seat]));
    for (int i = 0; i < history->count; i++)
        write_operation(history, &history->operations[i], file);
    listening_write(history, file);
    return fflush(file) == 0 && !ferror(file);
}

static bool is_seat(const struct history *history, int seat)
{
    return seat >= 1 && seat <= history->seats;
}

static bool anybody_holds(const struct history *history)
{
    for (int seat = 1; seat <= SEATS_LIMIT; seat++)
        if (history->initial[seat] != NOBODY)
            return true;
    return false;
}

static bool read_directive(struct history *history, const char *line)
{
    char name[NAME_SIZE];
    int seat;

    if (sscanf(line, ":seats %d", &seat) == 1) {
        bool first = history->count == 0 && !anybody_holds(history);
        history->seats = seat;
        return first && seat >= 1 && seat <= SEATS_LIMIT;
    }
    if (sscanf(line, ":held %d %15s", &seat, name) == 2 &&
        is_seat(history, seat)) {
        history->initial[seat] = names_add(&history->names, name);
        return true;
    }
    return false;
}

// Sets the times; a reply must not come before its request.
static bool read_times(struct operation *operation, int64_t called,
                       const char *returned)
{
    char *end;

    operation->called = called;
    operation->returned = NEVER;
    if (strcmp(returned, "-") == 0)
        return true;
    operation->returned = strtoll(returned, &end, 10);
    return *end == '\0' && operation->returned >= called;
}

static bool read_operation(struct history *history, const char *line)
{
    struct operation operation = {.outcome = NO_REPLY};
    char name[NAME_SIZE], returned[24], request[32];
    int64_t called;
    int rest = 0;

    if (sscanf(line, "%15s %" SCNd64 " %23s %31[^->]->%n", name, &called,
               returned, request, &rest) != 4 ||
        rest == 0 || !history_parse(&operation, request) ||
        !read_times(&operation, called, returned))
        return false;
    operation.name = names_add(&history->names, name);
    const char *reply = line + rest + strspn(line + rest, " ");
    if (operation.returned != NEVER)
        history_reply(history, &operation, reply);
    history_add(history, &operation);
    return operation.verb >= SOLD ||
           (is_seat(history, operation.seat) &&
            (operation.verb != MOVE || is_seat(history, operation.to)));
}

static bool read_line(struct history *history, const char *line)
{
    bool understood = true;

    if (line[0] == '\0' || line[0] == '#' ||
        listening_read(history, line, &understood))
        return understood;
    return line[0] == ':' ? read_directive(history, line)
                          : read_operation(history, line);
}

// Everybody who asks is known before the first reply names a holder.
static void read_names(struct history *history, FILE *file)
{
    char *line = NULL, name[NAME_SIZE];
    size_t size = 0;

    while (getline(&line, &size, file) > 0)
        if (strchr(":#\n", line[0]) == NULL && sscanf(line, "%15s", name) == 1)
            names_add(&history->names, name);
    free(line);
    rewind(file);
}

int history_read(struct history *history, FILE *file)
{
    char *line = NULL;
    size_t size = 0;
    int number = 0;
    bool understood = true;

    read_names(history, file);
    while (understood && getline(&line, &size, file) > 0) {
        line[strcspn(line, "\r\n")] = '\0';
        understood = read_line(history, line);
        number++;
    }
    free(line);
    return understood ? 0 : number;
}
