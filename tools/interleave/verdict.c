#include "verdict.h"

#include <stdio.h>
#include <string.h>

#include "../swarm/judge.h"
#include "../swarm/listening_file.h"

static bool is_picture(const char *reply)
{
    size_t length = strlen(reply);

    return strncmp(reply, "OK ", 3) == 0 && length > 3 &&
           length <= 3 + SEATS_LIMIT && strspn(reply + 3, ".#") == length - 3;
}

// How large the house is: as MAP shows it, if somebody has asked. Otherwise it
// is as large as a house can be; 0 is returned.
static int find_seats(const struct exchange *exchange, int count)
{
    for (int i = 0; i < count; i++)
        if (exchange[i].reply != NULL &&
            strncmp(exchange[i].request, "MAP", 3) == 0 &&
            is_picture(exchange[i].reply))
            return (int)strlen(exchange[i].reply) - 3;
    return 0;
}

static bool is_seat(int seat, int seats)
{
    return seat >= 1 && seat <= (seats > 0 ? seats : SEATS_LIMIT);
}

// A request that gets an error, whatever the house looks like, says nothing of
// the seats.
static bool concerns_seats(struct operation *operation,
                           const struct exchange *exchange, int seats)
{
    const char *reply = exchange->reply != NULL ? exchange->reply : "";

    if (!history_parse(operation, exchange->request))
        return false;
    if (strcmp(reply, "ERR busy") == 0 ||
        (operation->verb <= MOVE && strcmp(reply, "ERR say HELLO first") == 0))
        return false;
    if (operation->verb >= SOLD)
        return true;
    bool known = is_seat(operation->seat, seats) &&
                 (operation->verb != MOVE || is_seat(operation->to, seats));
    return known && (seats > 0 || strcmp(reply, "ERR no such seat") != 0);
}

static void add_event(struct history *history, const struct exchange *exchange)
{
    int name = names_add(&history->names, exchange->client);
    struct listener *listener = listening_find(&history->listening, name);
    struct heard heard = {.time = exchange->called};

    if (listener != NULL && listening_parse(history, exchange->request, &heard))
        listening_hear(listener, &heard);
    else
        listening_stray(&history->listening, name, exchange->called,
                        exchange->request);
}

static void add_listener(struct history *history,
                         const struct exchange *exchange)
{
    int name = names_add(&history->names, exchange->client);
    struct listener *listener = listening_find(&history->listening, name);
    bool granted =
        exchange->reply != NULL && strcmp(exchange->reply, "OK watching") == 0;

    if (listener != NULL || (exchange->reply != NULL && !granted))
        return;
    listener = listening_add(&history->listening, name);
    listener->called = exchange->called;
    listener->answered = granted ? exchange->returned : NEVER;
}

// What a server says without being asked is no reply: to the request there was
// none, and it may have been carried out.
static bool is_answered(const struct exchange *exchange)
{
    return exchange->reply != NULL &&
           strcmp(exchange->reply, "ERR closing") != 0 &&
           strcmp(exchange->reply, "ERR too slow") != 0;
}

static void add(struct history *history, const struct exchange *exchange,
                int seats)
{
    struct operation operation = {
        .outcome = NO_REPLY, .called = exchange->called, .returned = NEVER};

    if (!concerns_seats(&operation, exchange, seats))
        return;
    operation.name = names_add(&history->names, exchange->client);
    if (is_answered(exchange)) {
        operation.returned = exchange->returned;
        history_reply(history, &operation, exchange->reply);
    }
    history_add(history, &operation);
}

// Everybody is known before the first reply names a holder.
enum verdict_result verdict_of(const struct exchange *exchange, int count,
                               char *story, size_t size)
{
    static const enum verdict_result results[] = {
        [LINEARIZABLE] = VERDICT_RIGHT,
        [VIOLATED] = VERDICT_WRONG,
        [UNDECIDED] = VERDICT_IN_DOUBT,
    };
    int seats = find_seats(exchange, count);
    struct judgement judgement;
    struct history history;

    history_init(&history, seats > 0 ? seats : SEATS_LIMIT);
    history.timeless = true;
    for (int i = 0; i < count; i++)
        names_add(&history.names, exchange[i].client);
    for (int i = 0; i < count; i++)
        if (exchange[i].unasked)
            add_event(&history, &exchange[i]);
        else if (strcmp(exchange[i].request, "WATCH") == 0)
            add_listener(&history, &exchange[i]);
        else
            add(&history, &exchange[i], seats);
    judge(&history, &judgement);
    history_release(&history);
    snprintf(story, size, "%s", judgement.story);
    return results[judgement.verdict];
}
