#include "history.h"

#include <stdlib.h>
#include <string.h>

#include "allocate.h"

static const char *const verbs[] = {"BOOK", "CANCEL", "MOVE",
                                    "WHO",  "SOLD",   "MAP"};
static const int arguments[] = {1, 1, 2, 1, 0, 0}; // seats that follow a verb

void history_init(struct history *history, int seats)
{
    memset(history, 0, sizeof *history);
    history->seats = seats;
    for (int seat = 0; seat <= SEATS_LIMIT; seat++)
        history->initial[seat] = NOBODY;
}

void history_release(struct history *history)
{
    free(history->operations);
    names_release(&history->names);
    listening_release(&history->listening);
}

void history_add(struct history *history, const struct operation *operation)
{
    history->operations = allocate_room(history->operations, history->count,
                                        &history->capacity, sizeof *operation);
    history->operations[history->count++] = *operation;
}

static int compare(const void *left, const void *right)
{
    const struct operation *a = left, *b = right;

    return (a->called > b->called) - (a->called < b->called);
}

void history_sort(struct history *history)
{
    if (history->count > 0)
        qsort(history->operations, (size_t)history->count,
              sizeof *history->operations, compare);
}

const struct operation *history_at(const struct history *history, int index)
{
    return &history->operations[index];
}

bool history_changes(const struct operation *operation)
{
    return operation->outcome == DONE ||
           (operation->outcome == NO_REPLY && operation->verb <= MOVE);
}

int history_touches(const struct operation *operation, int seat[2])
{
    seat[0] = operation->seat;
    seat[1] = operation->to;
    return operation->verb == MOVE ? 2 : 1;
}

bool history_takes(const struct operation *operation, int seat)
{
    return operation->verb == BOOK ||
           (operation->verb == MOVE && operation->to == seat);
}

int history_asks_about(const struct operation *operation)
{
    switch (operation->outcome) {
    case TAKEN:
        return operation->verb == MOVE ? operation->to : operation->seat;
    case NOT_YOURS:
    case HELD:
    case FREE:
        return operation->seat;
    default:
        return 0;
    }
}

bool history_asks_about_all(const struct operation *operation)
{
    return operation->outcome == COUNT || operation->outcome == PICTURE;
}

bool history_pictured(const struct operation *operation, int seat)
{
    return operation->picture[seat / 64] >> seat % 64 & 1;
}

void history_request(const struct operation *operation, char *text, size_t size)
{
    const char *verb = verbs[operation->verb];

    switch (arguments[operation->verb]) {
    case 0:
        snprintf(text, size, "%s", verb);
        break;
    case 1:
        snprintf(text, size, "%s %d", verb, operation->seat);
        break;
    default:
        snprintf(text, size, "%s %d %d", verb, operation->seat, operation->to);
    }
}

// A seat as the protocol writes it: up to three digits. Moves *text behind
// them.
static bool parse_seat(const char **text, int *seat)
{
    const char *number = *text + strspn(*text, " ");
    size_t length = strspn(number, "0123456789");

    *seat = atoi(number);
    *text = number + length;
    return length >= 1 && length <= 3;
}

bool history_parse(struct operation *operation, const char *request)
{
    int *const seats[] = {&operation->seat, &operation->to};
    char verb[8] = "";
    int length = 0;

    operation->seat = operation->to = 0;
    sscanf(request, "%7s%n", verb, &length);
    const char *rest = request + length;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (strcmp(verb, verbs[i]) != 0)
            continue;
        operation->verb = (enum verb)i;
        for (int seat = 0; seat < arguments[i]; seat++)
            if (!parse_seat(&rest, seats[seat]))
                return false;
        return rest[strspn(rest, " ")] == '\0';
    }
    return false;
}

// "OK 7" to BOOK 7.
static bool is_done(const struct operation *operation, const char *reply)
{
    char expected[16];
    int seat = operation->verb == MOVE ? operation->to : operation->seat;

    snprintf(expected, sizeof expected, "OK %d", seat);
    return strcmp(reply, expected) == 0;
}

// `text` names somebody who is known. What is longer than a name names nobody,
// even if it begins with one.
static bool is_holder(const struct history *history,
                      struct operation *operation, const char *text)
{
    operation->holder = names_find(&history->names, text);
    return operation->holder != NOBODY && strlen(text) < NAME_SIZE;
}

static bool is_count(struct operation *operation, const char *text)
{
    size_t length = strlen(text);

    if (length == 0 || length > 6 || strspn(text, "0123456789") != length)
        return false;
    operation->count = atoi(text);
    return true;
}

static bool is_picture(const struct history *history,
                       struct operation *operation, const char *text)
{
    size_t length = strlen(text);

    if (length != (size_t)history->seats || strspn(text, ".#") != length)
        return false;
    operation->picture[0] = operation->picture[1] = 0;
    for (int seat = 1; seat <= history->seats; seat++)
        if (text[seat - 1] == '#')
            operation->picture[seat / 64] |= UINT64_C(1) << seat % 64;
    return true;
}

static enum outcome reply_to_change(const struct history *history,
                                    struct operation *operation,
                                    const char *reply)
{
    static const char taken[] = "ERR taken ";

    if (is_done(operation, reply))
        return DONE;
    if (operation->verb != BOOK && strcmp(reply, "ERR not yours") == 0)
        return NOT_YOURS;
    if (operation->verb != CANCEL &&
        strncmp(reply, taken, strlen(taken)) == 0 &&
        is_holder(history, operation, reply + strlen(taken)))
        return TAKEN;
    return STRANGE;
}

static enum outcome reply_to_question(const struct history *history,
                                      struct operation *operation,
                                      const char *reply)
{
    if (strncmp(reply, "OK ", 3) != 0)
        return STRANGE;
    if (operation->verb == WHO && strcmp(reply, "OK free") == 0)
        return FREE;
    if (operation->verb == WHO && is_holder(history, operation, reply + 3))
        return HELD;
    if (operation->verb == SOLD && is_count(operation, reply + 3))
        return COUNT;
    if (operation->verb == MAP && is_picture(history, operation, reply + 3))
        return PICTURE;
    return STRANGE;
}

// The beginning of it; what is not text becomes a question mark.
static void keep_strange(struct operation *operation, const char *reply)
{
    snprintf(operation->strange, sizeof operation->strange, "%s", reply);
    for (char *c = operation->strange; *c != '\0'; c++)
        if (*c < ' ' || *c > '~')
            *c = '?';
}

void history_reply(const struct history *history, struct operation *operation,
                   const char *reply)
{
    bool asks_for_change = operation->verb <= MOVE;

    operation->outcome = asks_for_change
                             ? reply_to_change(history, operation, reply)
                             : reply_to_question(history, operation, reply);
    if (operation->outcome == STRANGE)
        keep_strange(operation, reply);
}
