// The box office with one clerk: which reply is right, and what it changes.
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "swarm/house.h"

// Every house of three seats, each free or held by one of two clients.
enum { SEATS = 3, HOUSES = 3 * 3 * 3 };

static const char *const who[] = {"alice", "bob"};
static struct history history; // its names: alice is 0, bob is 1

static void open_house(struct house *house, int number)
{
    for (int seat = 1; seat <= SEATS; seat++, number /= 3)
        history.initial[seat] = number % 3 - 1;
    house_open(house, &history);
}

static int know_names(void **state)
{
    (void)state;
    history_init(&history, SEATS);
    for (size_t i = 0; i < COUNT_OF(who); i++)
        names_add(&history.names, who[i]);
    return 0;
}

static int forget_names(void **state)
{
    (void)state;
    history_release(&history);
    return 0;
}

static void as_it_was_found(void **state)
{
    struct house house;

    (void)state;
    for (int number = 0; number < HOUSES; number++) {
        const int holder[] = {number % 3 - 1, number / 3 % 3 - 1,
                              number / 9 - 1};

        open_house(&house, number);
        assert_memory_equal(house.holder + 1, holder, sizeof holder);
        assert_int_equal(house.holder[SEATS + 1], NOBODY);
    }
}

// ---- the clerk, who goes by the page that students read ----

struct clerk {
    const char *holder[SEATS + 1]; // NULL: free
};

static struct clerk clerk_of(const struct house *house)
{
    struct clerk clerk = {{NULL}};

    for (int seat = 1; seat <= SEATS; seat++)
        if (house->holder[seat] != NOBODY)
            clerk.holder[seat] = who[house->holder[seat]];
    return clerk;
}

static void book(struct clerk *clerk, const char *name, int seat, char *reply)
{
    if (clerk->holder[seat] != NULL) {
        sprintf(reply, "ERR taken %s", clerk->holder[seat]);
        return;
    }
    clerk->holder[seat] = name;
    sprintf(reply, "OK %d", seat);
}

static void cancel(struct clerk *clerk, const char *name, int seat, char *reply)
{
    if (clerk->holder[seat] != name) {
        strcpy(reply, "ERR not yours");
        return;
    }
    clerk->holder[seat] = NULL;
    sprintf(reply, "OK %d", seat);
}

static void move(struct clerk *clerk, const char *name, int seat, int to,
                 char *reply)
{
    if (clerk->holder[seat] == name) {
        book(clerk, name, to, reply);
        if (reply[0] == 'O')
            clerk->holder[seat] = NULL;
    } else {
        strcpy(reply, "ERR not yours");
    }
}

static void count(const struct clerk *clerk, char *reply)
{
    int sold = 0;

    for (int seat = 1; seat <= SEATS; seat++)
        sold += clerk->holder[seat] != NULL;
    sprintf(reply, "OK %d", sold);
}

static void draw(const struct clerk *clerk, char *reply)
{
    strcpy(reply, "OK ");
    for (int seat = 1; seat <= SEATS; seat++)
        strcat(reply, clerk->holder[seat] != NULL ? "#" : ".");
}

static void ask_clerk(struct clerk *clerk, const struct operation *operation,
                      char *reply)
{
    const char *name = who[operation->name];

    switch (operation->verb) {
    case BOOK:
        book(clerk, name, operation->seat, reply);
        break;
    case CANCEL:
        cancel(clerk, name, operation->seat, reply);
        break;
    case MOVE:
        move(clerk, name, operation->seat, operation->to, reply);
        break;
    case WHO:
        sprintf(reply, "OK %s",
                clerk->holder[operation->seat] != NULL
                    ? clerk->holder[operation->seat]
                    : "free");
        break;
    case SOLD:
        count(clerk, reply);
        break;
    case MAP:
        draw(clerk, reply);
        break;
    }
}

// ---- every request to every house ----

static void each_seat(struct operation *operation, const struct house *house,
                      void (*ask)(const struct house *, struct operation *))
{
    for (operation->seat = 1; operation->seat <= SEATS; operation->seat++)
        for (operation->to = operation->verb == MOVE; operation->to <= SEATS;
             operation->to++) {
            ask(house, operation);
            if (operation->verb != MOVE)
                break;
        }
}

static void each_request(void (*ask)(const struct house *, struct operation *))
{
    struct house house;

    for (int number = 0; number < HOUSES; number++) {
        open_house(&house, number);
        for (int name = 0; name < 2; name++)
            for (int verb = BOOK; verb <= MAP; verb++) {
                struct operation operation = {.verb = (enum verb)verb,
                                              .name = name};

                if (verb <= WHO)
                    each_seat(&operation, &house, ask);
                else
                    ask(&house, &operation);
            }
    }
}

// "house .ab: alice's BOOK 1 -> OK 1".
static void describe(const struct house *house,
                     const struct operation *operation, const char *reply,
                     char text[100])
{
    char request[32];

    history_request(operation, request, sizeof request);
    snprintf(text, 100, "house %c%c%c: %s's %s -> %s",
             ".ab"[house->holder[1] + 1], ".ab"[house->holder[2] + 1],
             ".ab"[house->holder[3] + 1], who[operation->name], request, reply);
}

static void assert_reply(const struct house *house, struct operation *operation,
                         const char *reply, const char *clerk)
{
    char text[100];

    history_reply(&history, operation, reply);
    describe(house, operation, reply, text);
    assert_row(text, house_allows(house, operation) ? "right" : "wrong",
               strcmp(reply, clerk) == 0 ? "right" : "wrong");
}

static void try_replies(const struct house *house, struct operation *operation)
{
    static const char *const replies[] = {
        "OK 0",          "OK 1",          "OK 2",
        "OK 3",          "OK 4",          "OK alice",
        "OK bob",        "OK free",       "ERR taken alice",
        "ERR taken bob", "ERR not yours", "OK ...",
        "OK #..",        "OK .#.",        "OK ##.",
        "OK ..#",        "OK #.#",        "OK .##",
        "OK ###",
    };
    struct clerk clerk = clerk_of(house);
    char expected[40];

    ask_clerk(&clerk, operation, expected);
    for (size_t i = 0; i < COUNT_OF(replies); i++)
        assert_reply(house, operation, replies[i], expected);
}

static void every_reply(void **state)
{
    (void)state;
    each_request(try_replies);
}

static void try_strange(const struct house *house, struct operation *operation)
{
    static const char *const replies[] = {"",    "certainly", "OK",
                                          "ERR", "ERR taken", "ERR taken zoe"};

    for (size_t i = 0; i < COUNT_OF(replies); i++)
        assert_reply(house, operation, replies[i], "something else");
}

static void strange_replies(void **state)
{
    (void)state;
    each_request(try_strange);
}

static void try_no_reply(const struct house *house, struct operation *operation)
{
    struct clerk before = clerk_of(house), after = before;
    char reply[40], text[100];

    ask_clerk(&after, operation, reply);
    operation->outcome = NO_REPLY;
    describe(house, operation, "", text);
    assert_row(text, house_allows(house, operation) ? "changes" : "does not",
               memcmp(&before, &after, sizeof before) != 0 ? "changes"
                                                           : "does not");
}

static void no_reply(void **state)
{
    (void)state;
    each_request(try_no_reply);
}

// ---- changes ----

static void assert_house(const char *text, const struct house *house,
                         const struct clerk *clerk)
{
    struct clerk as_it_is = clerk_of(house);
    struct operation map = {.verb = MAP, .outcome = PICTURE};
    char drawn[40], number[40], expected[40];

    assert_row(text,
               memcmp(&as_it_is, clerk, sizeof *clerk) == 0 ? "same holders"
                                                            : "other holders",
               "same holders");
    snprintf(number, sizeof number, "OK %d", house->sold);
    count(clerk, expected);
    assert_row(text, number, expected);
    memcpy(map.picture, house->picture, sizeof map.picture);
    history_reply_text(&history, &map, drawn, sizeof drawn);
    draw(clerk, expected);
    assert_row(text, drawn, expected);
}

static void try_change(const struct house *house, struct operation *operation)
{
    struct clerk before = clerk_of(house), after = before;
    struct house changed = *house;
    char reply[40], text[100];

    ask_clerk(&after, operation, reply);
    history_reply(&history, operation, reply);
    if (operation->outcome != DONE)
        return;
    describe(house, operation, reply, text);
    house_apply(&changed, operation);
    assert_house(text, &changed, &after);
    house_undo(&changed, operation);
    strcat(text, ", taken back");
    assert_house(text, &changed, &before);
}

static void every_change(void **state)
{
    (void)state;
    each_request(try_change);
}

static void largest_house(void **state)
{
    char map[SEATS_LIMIT + 4] = "OK ";
    struct operation question = {.verb = MAP};
    struct history large;
    struct house house;

    (void)state;
    history_init(&large, SEATS_LIMIT);
    house_open(&house, &large);
    memset(map + 3, '.', SEATS_LIMIT);
    for (int seat = 1; seat <= SEATS_LIMIT; seat++) {
        const struct operation sale = {.verb = BOOK, .seat = seat};

        history_reply(&large, &question, map);
        assert_row(map, house_allows(&house, &question) ? "right" : "wrong",
                   "right");
        house_apply(&house, &sale);
        assert_row(map, house_allows(&house, &question) ? "right" : "wrong",
                   "wrong");
        map[2 + seat] = '#';
    }
    assert_int_equal(house.sold, SEATS_LIMIT);
    history_release(&large);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST("a house is opened as the history found it", as_it_was_found),
        TEST("what is no reply of the protocol is never right",
             strange_replies),
        TEST("every reply to every request, in every house of three seats, "
             "is right if a clerk would give it",
             every_reply),
        TEST("a request without a reply is possible where it would change "
             "something",
             no_reply),
        TEST("every change leaves the house as a clerk would, and can be "
             "taken back",
             every_change),
        TEST("a house of 100 seats, sold one by one", largest_house),
    };

    return cmocka_run_group_tests(tests, know_names, forget_names);
}
