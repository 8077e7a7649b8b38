#include "random_history.h"

#include <string.h>

#include "house.h"
#include "random.h"

enum { CLIENTS = 4, FEWEST = 2, MOST = 13, LINES = 100 };

// One line on its way to a client: an event, or a reply.
struct line {
    bool event;
    struct heard heard;
};

// Each client is idle, or has called, or has been answered. It may have left
// one request behind. A listener is called, and from then on told everything.
struct caller {
    enum { IDLE, CALLED, ANSWERED } state;
    int operation; // or WATCHING
    bool left_one;
    int left; // operation
    bool told;
    struct line line[LINES];
    int sent, read;
};

enum { WATCHING = -1 };

struct scene {
    struct history *history;
    struct recipe *recipe;
    struct house house;
    struct caller caller[CLIENTS];
    int busy;
    int64_t now;
};

int random_history_draw(struct recipe *recipe, int limit)
{
    return random_below(&recipe->state, limit);
}

static int below(struct scene *scene, int limit)
{
    return random_history_draw(scene->recipe, limit);
}

// ---- the house ----

static void send_line(struct caller *caller, struct line line)
{
    caller->line[caller->sent++] = line;
}

static void happened(struct scene *scene, bool sold, int seat, int name)
{
    const struct line line = {true, {.seat = seat, .name = name, .sold = sold}};

    for (int i = 0; i < CLIENTS; i++)
        if (scene->caller[i].told)
            send_line(&scene->caller[i], line);
}

static void change(struct scene *scene, const struct operation *operation)
{
    house_apply(&scene->house, operation);
    if (operation->verb != BOOK)
        happened(scene, false, operation->seat, operation->name);
    if (operation->verb != CANCEL)
        happened(scene, true,
                 operation->verb == MOVE ? operation->to : operation->seat,
                 operation->name);
}

// The reply that the house gives now. Carries out changes.
static void answer(struct scene *scene, struct operation *operation)
{
    const struct house *house = &scene->house;
    int target = operation->verb == MOVE ? operation->to : operation->seat;
    bool holds = house->holder[operation->seat] == operation->name;

    operation->outcome = DONE;
    if ((operation->verb == CANCEL || operation->verb == MOVE) && !holds) {
        operation->outcome = NOT_YOURS;
    } else if ((operation->verb == BOOK || operation->verb == MOVE) &&
               house->holder[target] != NOBODY) {
        operation->outcome = TAKEN;
        operation->holder = house->holder[target];
    } else if (operation->verb == WHO) {
        operation->holder = house->holder[operation->seat];
        operation->outcome = operation->holder == NOBODY ? FREE : HELD;
    } else if (operation->verb == SOLD) {
        operation->outcome = COUNT;
        operation->count = house->sold;
    } else if (operation->verb == MAP) {
        operation->outcome = PICTURE;
        memcpy(operation->picture, house->picture, sizeof house->picture);
    } else {
        change(scene, operation);
    }
}

// ---- the clients ----

static void watch(struct scene *scene, int name)
{
    listening_add(&scene->history->listening, name)->called = scene->now;
    scene->caller[name].operation = WATCHING;
}

static void call(struct scene *scene, int name)
{
    struct operation operation = {
        .called = scene->now,
        .returned = NEVER,
        .name = name,
        .verb = (enum verb)below(scene, MAP + 1),
        .outcome = NO_REPLY,
    };

    scene->caller[name].state = CALLED;
    scene->busy++;
    if (name < scene->recipe->listeners && below(scene, 2) == 0 &&
        listening_find(&scene->history->listening, name) == NULL) {
        watch(scene, name);
        return;
    }
    if (operation.verb < SOLD)
        operation.seat = below(scene, SEATS) + 1;
    if (operation.verb == MOVE)
        operation.to = operation.seat % SEATS + 1;
    history_add(scene->history, &operation);
    scene->caller[name].operation = scene->history->count - 1;
}

// What a client has asked is carried out, and its reply sent.
static void serve(struct scene *scene, struct caller *caller)
{
    if (caller->operation == WATCHING)
        caller->told = true;
    else
        answer(scene, &scene->history->operations[caller->operation]);
    caller->state = ANSWERED;
    send_line(caller, (struct line){.event = false});
}

// The house carries out what a client has left behind; nobody hears of it.
static void serve_left(struct scene *scene, struct caller *caller)
{
    struct operation *left = &scene->history->operations[caller->left];

    caller->left_one = false;
    answer(scene, left);
    left->outcome = NO_REPLY;
}

static void leave_one(struct scene *scene, struct caller *caller)
{
    caller->left_one = true;
    caller->left = caller->operation;
    caller->state = IDLE;
    scene->busy--;
}

static void read_line(struct scene *scene, int name)
{
    struct caller *caller = &scene->caller[name];
    struct line *line = &caller->line[caller->read++];
    struct listener *listener =
        listening_find(&scene->history->listening, name);

    if (line->event) {
        line->heard.time = scene->now;
        listening_hear(listener, &line->heard);
        return;
    }
    if (caller->operation == WATCHING)
        listener->answered = scene->now;
    else
        scene->history->operations[caller->operation].returned = scene->now;
    caller->state = IDLE;
    scene->busy--;
}

static void go_on(struct scene *scene, int name, bool more)
{
    struct caller *caller = &scene->caller[name];
    bool listens = name < scene->recipe->listeners;

    if (caller->left_one && below(scene, 3) == 0)
        serve_left(scene, caller);
    else if (caller->state == CALLED && !caller->left_one && !listens &&
             below(scene, 100) < scene->recipe->cuts)
        leave_one(scene, caller);
    else if (caller->read < caller->sent &&
             (caller->state == ANSWERED || below(scene, 2) == 0))
        read_line(scene, name);
    else if (caller->state == CALLED)
        serve(scene, caller);
    else if (caller->state == IDLE && more)
        call(scene, name);
}

void random_history_make(struct history *history, struct recipe *recipe)
{
    static const char *const names[CLIENTS] = {"a", "b", "c", "d"};
    struct scene scene = {.history = history, .recipe = recipe};
    int operations = FEWEST + below(&scene, MOST - FEWEST);

    history_init(history, SEATS);
    for (int i = 0; i < CLIENTS; i++)
        names_add(&history->names, names[i]);
    if (below(&scene, 2))
        history->initial[1] = below(&scene, CLIENTS);
    house_open(&scene.house, history);
    for (; history->count < operations || scene.busy > 0; scene.now++)
        go_on(&scene, below(&scene, CLIENTS), history->count < operations);
}

// ---- a mistake, or none ----

static void lose_last_reply(struct history *history, int name)
{
    for (int i = history->count - 1; i >= 0; i--) {
        if (history->operations[i].name == name) {
            history->operations[i].returned = NEVER;
            history->operations[i].outcome = NO_REPLY;
            return;
        }
    }
}

static void change_reply(struct operation *operation, struct recipe *recipe)
{
    switch (operation->outcome) {
    case HELD:
        operation->outcome = FREE;
        break;
    case FREE:
        operation->outcome = HELD;
        operation->holder = random_history_draw(recipe, CLIENTS);
        break;
    case TAKEN:
        operation->holder = random_history_draw(recipe, CLIENTS);
        break;
    case COUNT:
        operation->count += random_history_draw(recipe, 2) ? 1 : -1;
        break;
    case PICTURE:
        operation->picture[0] ^= UINT64_C(1)
                                 << (random_history_draw(recipe, SEATS) + 1);
        break;
    case NOT_YOURS:
        operation->outcome = DONE;
        break;
    case DONE:
        if (operation->verb != BOOK)
            operation->outcome = NOT_YOURS;
        break;
    default:
        break;
    }
}

static void spoil_event(struct listener *listener, struct recipe *recipe)
{
    int index = random_history_draw(recipe, listener->count);
    struct heard *heard = &listener->heard[index], other = *heard;

    switch (random_history_draw(recipe, 5)) {
    case 0: // lost
        listener->count--;
        memmove(heard, heard + 1,
                (size_t)(listener->count - index) * sizeof *heard);
        break;
    case 1: // the first one of all comes once more
        *heard = listener->heard[0];
        heard->time = other.time;
        break;
    case 2: // swapped with the one before
        if (index == 0)
            break;
        *heard = heard[-1];
        heard[-1] = other;
        heard[-1].time = heard->time;
        heard->time = other.time;
        break;
    case 3:
        heard->name = random_history_draw(recipe, CLIENTS);
        break;
    default:
        heard->sold = !heard->sold;
    }
}

void random_history_spoil(struct history *history, struct recipe *recipe)
{
    for (int i = 0; i < history->listening.listeners; i++) {
        struct listener *listener = &history->listening.listener[i];

        if (listener->count > 0 && random_history_draw(recipe, 2) == 0)
            spoil_event(listener, recipe);
    }
    if (random_history_draw(recipe, 3) == 0)
        lose_last_reply(history, random_history_draw(recipe, CLIENTS));
    if (random_history_draw(recipe, 3) == 0)
        lose_last_reply(history, random_history_draw(recipe, CLIENTS));
    if (random_history_draw(recipe, 2) == 0)
        change_reply(
            &history->operations[random_history_draw(recipe, history->count)],
            recipe);
}
