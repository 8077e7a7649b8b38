#include "audience.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "allocate.h"
#include "random.h"

// Names for the first visits of each watcher; milliseconds of an idle look; how
// often it reads from one watcher before it looks at the others.
enum { NAMES_EACH = 20, NAMES_LIMIT = 500, EVENTS = 64, TICK = 20, READS = 16 };

// ---- before and after ----

static void add_names(struct audience *audience, struct history *history)
{
    int wanted = audience->swarm->options->watchers * NAMES_EACH;

    audience->named = wanted < NAMES_LIMIT ? wanted : NAMES_LIMIT;
    audience->names =
        allocate_array((size_t)audience->named, sizeof *audience->names);
    for (int i = 0; i < audience->named; i++) {
        char name[NAME_SIZE];

        snprintf(name, sizeof name, "watcher-%d", (i + 1) % 10000000);
        audience->names[i] = names_add(&history->names, name);
    }
}

void audience_init(struct audience *audience, struct swarm *swarm,
                   struct history *history)
{
    const struct options *options = swarm->options;

    *audience = (struct audience){
        .swarm = swarm, .watchers = options->watchers + options->stuck};
    audience->watcher =
        allocate_array((size_t)audience->watchers, sizeof *audience->watcher);
    for (int i = 0; i < audience->watchers; i++) {
        struct watcher *watcher = &audience->watcher[i];

        watcher->socket = -1;
        watcher->stuck = i >= options->watchers;
        watcher->seats = history->seats;
        watcher->random =
            random_mix(random_mix(options->seed + 1) + (uint64_t)i);
    }
    add_names(audience, history);
}

// The name of a watcher, which may have had none: "watcher#3".
static int name_of(struct history *history, int name)
{
    char label[NAME_SIZE];

    if (name >= NOBODY)
        return name;
    snprintf(label, sizeof label, "watcher#%d", (NOBODY - name) % 10000000);
    return names_add(&history->names, label);
}

static void hand_over(struct audience *audience, struct history *history)
{
    struct listening *listening = &audience->listening;

    for (int i = 0; i < audience->operations; i++) {
        struct operation *operation = &audience->operation[i];

        operation->name = name_of(history, operation->name);
        history_add(history, operation);
    }
    for (int i = 0; i < listening->listeners; i++) {
        struct listener *listener = &listening->listener[i];

        *listening_add(&history->listening, 0) = *listener;
        history->listening.listener[history->listening.listeners - 1].name =
            name_of(history, listener->name);
    }
    listening->listeners = 0; // what they heard belongs to the history now
    for (int i = 0; i < listening->strays; i++)
        listening_stray(&history->listening,
                        name_of(history, listening->stray[i].name),
                        listening->stray[i].time, listening->stray[i].text);
}

// ---- coming and going ----

static void record(struct audience *audience, const struct operation *operation)
{
    audience->operation =
        allocate_room(audience->operation, audience->operations,
                      &audience->operation_room, sizeof *audience->operation);
    audience->operation[audience->operations++] = *operation;
}

// The next visit: with a name or without.
static void name_watcher(struct audience *audience, struct watcher *watcher)
{
    const struct names *names = &audience->swarm->history->names;

    watcher->say = NULL;
    watcher->name = NOBODY - ++audience->visits;
    if (watcher->stuck || audience->names_used == audience->named ||
        random_below(&watcher->random, 2) != 0)
        return;
    watcher->name = audience->names[audience->names_used++];
    watcher->say = names_text(names, watcher->name);
}

// Writes down what a watcher that has gone saw on this visit.
static void see_off(struct audience *audience, struct watcher *watcher)
{
    bool expected = audience->swarm->options->until_closed;

    audience->there--;
    audience->last_step = swarm_now(audience->swarm);
    if (watcher->asking)
        record(audience, &watcher->operation);
    if (watcher->listener.called != NEVER)
        *listening_add(&audience->listening, 0) = watcher->listener;
    audience->dropped += watcher->state == WATCHER_DROPPED;
    audience->closing += watcher->closing;
    audience->turned_away += watcher->state == WATCHER_TURNED_AWAY;
    audience->cut_off += watcher->state == WATCHER_CUT_OFF && !expected;
}

// A new one comes in the place of one that has left, as long as the server is
// there and the clients work. One that was stuck is not replaced.
static void receive(struct audience *audience, struct watcher *watcher)
{
    struct epoll_event event = {.events = EPOLLOUT, .data.ptr = watcher};
    bool goes_on = watcher->state == WATCHER_NOWHERE ||
                   ((watcher->state == WATCHER_GONE ||
                     watcher->state == WATCHER_DROPPED) &&
                    !watcher->stuck);

    if (!goes_on || atomic_load(&audience->swarm->done))
        return;
    name_watcher(audience, watcher);
    audience->there++;
    if (watcher_connect(watcher, audience->swarm->server) &&
        epoll_ctl(audience->epoll, EPOLL_CTL_ADD, watcher->socket, &event) < 0)
        watcher_lose(watcher, false);
    if (!watcher_is_there(watcher))
        see_off(audience, watcher);
}

// A watcher that is stuck is not looked at: EPOLLHUP would come all the time.
static void set_reading(struct audience *audience, struct watcher *watcher,
                        bool reading)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = watcher};

    if (epoll_ctl(audience->epoll, reading ? EPOLL_CTL_ADD : EPOLL_CTL_DEL,
                  watcher->socket, &event) < 0)
        watcher_lose(watcher, false);
}

static void connected(struct audience *audience, struct watcher *watcher)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = watcher};
    int error = 0;
    socklen_t size = sizeof error;

    if (getsockopt(watcher->socket, SOL_SOCKET, SO_ERROR, &error, &size) < 0 ||
        error != 0 ||
        epoll_ctl(audience->epoll, EPOLL_CTL_MOD, watcher->socket, &event) < 0)
        watcher_lose(watcher, false);
    else
        watcher_greet(watcher, swarm_now(audience->swarm));
}

static void take(struct audience *audience, struct watcher *watcher,
                 enum watcher_news news, const char *line)
{
    if (news == WATCHER_REPLY) {
        record(audience, &watcher->operation);
        audience->last_step = swarm_now(audience->swarm);
    }
    if (news == WATCHER_STRAY)
        listening_stray(&audience->listening, watcher->name, watcher->clock,
                        line);
}

// Takes the lines that have been read. Returns whether there were any.
static bool take_lines(struct audience *audience, struct watcher *watcher)
{
    struct swarm *swarm = audience->swarm;
    char line[LINE_SIZE];
    int64_t now = swarm_now(swarm);
    enum watcher_news news;
    bool any = false;

    while (watcher_is_there(watcher) &&
           (news = watcher_next(watcher, swarm->history, now, line)) !=
               WATCHER_NOTHING) {
        take(audience, watcher, news, line);
        watcher_go_on(watcher, swarm_now(swarm), false);
        any = true;
    }
    if (any)
        audience->last_line = now;
    return any;
}

// Reads once. Returns false if there is nothing more to read now.
static bool listen_once(struct audience *audience, struct watcher *watcher)
{
    take_lines(audience, watcher); // what was left when it got stuck
    if (watcher_is_there(watcher))
        watcher_read(watcher);
    return take_lines(audience, watcher) && watcher_is_there(watcher) &&
           watcher->state != WATCHER_STUCK;
}

static void handle(struct audience *audience, struct watcher *watcher)
{
    if (watcher->state == WATCHER_CONNECTING)
        connected(audience, watcher);
    else
        for (int i = 0; i < READS && listen_once(audience, watcher); i++)
            continue;
    if (watcher->state == WATCHER_STUCK)
        set_reading(audience, watcher, false);
    if (!watcher_is_there(watcher)) {
        see_off(audience, watcher);
        receive(audience, watcher);
    }
}

// The clients are done: every watcher makes its last request.
static void finish(struct audience *audience)
{
    for (int i = 0; i < audience->watchers; i++) {
        struct watcher *watcher = &audience->watcher[i];

        if (!watcher_is_there(watcher))
            continue;
        if (watcher->state == WATCHER_STUCK)
            set_reading(audience, watcher, true);
        if (watcher_is_there(watcher))
            watcher_finish(watcher, swarm_now(audience->swarm));
        if (!watcher_is_there(watcher))
            see_off(audience, watcher);
    }
}

// Nothing has come for a while: some ask, and one that waits in vain gives up.
static void look_around(struct audience *audience)
{
    for (int i = 0; i < audience->watchers; i++) {
        struct watcher *watcher = &audience->watcher[i];

        if (!watcher_is_there(watcher))
            continue;
        watcher_go_on(watcher, swarm_now(audience->swarm), true);
        if (watcher_is_there(watcher))
            continue;
        see_off(audience, watcher);
        receive(audience, watcher);
    }
}

static int64_t later(int64_t one, int64_t other)
{
    return one > other ? one : other;
}

// As long as the clients get replies, or the watchers lines, the server has
// not. When the clients are done, events are not enough: a server that has gone
// wrong may send them without end.
static bool has_hung(const struct audience *audience, bool done)
{
    int64_t reply = atomic_load(&audience->swarm->last_reply);

    return swarm_has_hung(audience->swarm,
                          done ? later(reply, audience->last_step)
                               : later(reply, audience->last_line));
}

static void give_up(struct audience *audience)
{
    audience->hung = true;
    for (int i = 0; i < audience->watchers; i++) {
        if (!watcher_is_there(&audience->watcher[i]))
            continue;
        watcher_lose(&audience->watcher[i], false);
        see_off(audience, &audience->watcher[i]);
    }
}

// Whether the first watchers are listening, or have gone.
static bool is_settled(const struct audience *audience)
{
    for (int i = 0; i < audience->watchers; i++)
        if (audience->watcher[i].state < WATCHER_LISTENING)
            return false;
    return true;
}

static void *work(void *argument)
{
    struct audience *audience = argument;
    struct swarm *swarm = audience->swarm;
    struct epoll_event event[EVENTS];

    for (int i = 0; i < audience->watchers; i++)
        receive(audience, &audience->watcher[i]);
    while (audience->there > 0 || !atomic_load(&swarm->done)) {
        bool done = atomic_load(&swarm->done);
        int count = epoll_wait(audience->epoll, event, EVENTS, TICK);

        for (int i = 0; i < count; i++)
            handle(audience, event[i].data.ptr);
        if (!atomic_load(&swarm->watched) && is_settled(audience))
            atomic_store(&swarm->watched, true);
        if (done)
            finish(audience);
        if (count <= 0)
            look_around(audience);
        if ((count <= 0 || done) && has_hung(audience, done))
            give_up(audience);
    }
    return NULL;
}

bool audience_start(struct audience *audience)
{
    const struct timespec pause = {.tv_nsec = 1000000};

    audience->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (audience->epoll < 0) {
        fprintf(stderr, "swarm: cannot watch connections: %s\n",
                strerror(errno));
        return false;
    }
    int error = pthread_create(&audience->thread, NULL, work, audience);
    if (error != 0) {
        fprintf(stderr, "swarm: cannot start a thread: %s\n", strerror(error));
        close(audience->epoll);
    }
    while (error == 0 && !atomic_load(&audience->swarm->watched))
        nanosleep(&pause, NULL);
    return error == 0;
}

void audience_join(struct audience *audience, struct history *history)
{
    pthread_join(audience->thread, NULL);
    close(audience->epoll);
    hand_over(audience, history);
}

void audience_release(struct audience *audience)
{
    listening_release(&audience->listening);
    free(audience->operation);
    free(audience->watcher);
    free(audience->names);
}
