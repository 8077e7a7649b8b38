#include "watcher.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "listening_file.h"
#include "random.h"

// One in ASKS events makes it ask; what it can hear before it leaves; the
// receive buffer of one that is stuck, and of one that is not any more.
enum { ASKS = 16, EVENTS = 200, SMALL = 4096, LARGE = 1 << 20 };

bool watcher_is_there(const struct watcher *watcher)
{
    return watcher->state > WATCHER_NOWHERE && watcher->state < WATCHER_GONE;
}

static void end(struct watcher *watcher, enum watcher_state state)
{
    if (watcher->socket >= 0)
        close(watcher->socket);
    watcher->socket = -1;
    watcher->state = state;
}

static bool set_up(const struct watcher *watcher)
{
    const int on = 1, small = SMALL;

    return watcher->socket >= 0 &&
           setsockopt(watcher->socket, IPPROTO_TCP, TCP_NODELAY, &on,
                      sizeof on) == 0 &&
           (!watcher->stuck ||
            setsockopt(watcher->socket, SOL_SOCKET, SO_RCVBUF, &small,
                       sizeof small) == 0);
}

bool watcher_connect(struct watcher *watcher, const struct addrinfo *server)
{
    line_init(&watcher->lines);
    watcher->state = WATCHER_CONNECTING;
    watcher->patience = 1 + random_below(&watcher->random, EVENTS);
    watcher->holds = 0;
    watcher->asking = watcher->last = false;
    watcher->closing = watcher->too_slow = false;
    watcher->clock = 0;
    watcher->listener = (struct listener){
        .name = watcher->name, .called = NEVER, .answered = NEVER};
    watcher->socket = socket(server->ai_family, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (!set_up(watcher) ||
        (connect(watcher->socket, server->ai_addr, server->ai_addrlen) < 0 &&
         errno != EINPROGRESS))
        end(watcher, WATCHER_CUT_OFF);
    return watcher_is_there(watcher);
}

// A time after that of the last line.
static int64_t tick(struct watcher *watcher, int64_t now)
{
    return watcher->clock = now > watcher->clock ? now : watcher->clock + 1;
}

// If it does not go out, reading will say why.
static void say(struct watcher *watcher, const char *request)
{
    char line[64];
    int length = snprintf(line, sizeof line, "%s\n", request);

    (void)!send(watcher->socket, line, (size_t)length, MSG_NOSIGNAL);
}

static void join(struct watcher *watcher, int64_t now)
{
    watcher->state = WATCHER_JOINING;
    watcher->listener.called = tick(watcher, now);
    say(watcher, "WATCH");
}

void watcher_greet(struct watcher *watcher, int64_t now)
{
    char request[32];

    if (watcher->say == NULL) {
        join(watcher, now);
        return;
    }
    watcher->state = WATCHER_GREETING;
    snprintf(request, sizeof request, "HELLO %s", watcher->say);
    say(watcher, request);
}

// ---- asking ----

static void ask(struct watcher *watcher, enum verb verb, int seat, int64_t now)
{
    struct operation *operation = &watcher->operation;
    char request[32];

    memset(operation, 0, sizeof *operation);
    operation->name = watcher->name;
    operation->verb = verb;
    operation->seat = seat;
    operation->called = tick(watcher, now);
    operation->returned = NEVER;
    operation->outcome = NO_REPLY;
    watcher->asking = true;
    history_request(operation, request, sizeof request);
    say(watcher, request);
}

static void ask_something(struct watcher *watcher, int64_t now)
{
    int seat = 1 + random_below(&watcher->random, watcher->seats);

    switch (random_below(&watcher->random, 4)) {
    case 0:
        ask(watcher, SOLD, 0, now);
        break;
    case 1:
        ask(watcher, MAP, 0, now);
        break;
    case 2:
        if (watcher->say != NULL && watcher->holds == 0) {
            ask(watcher, BOOK, seat, now);
            break;
        }
        if (watcher->holds != 0) {
            ask(watcher, CANCEL, watcher->holds, now);
            break;
        } // fall through
    default:
        ask(watcher, WHO, seat, now);
    }
}

// Half of them say so. Who leaves holds no seat: nobody else would give it
// back.
static void leave(struct watcher *watcher, int64_t now)
{
    if (watcher->holds != 0) {
        ask(watcher, CANCEL, watcher->holds, now);
    } else if (random_below(&watcher->random, 2) == 0) {
        watcher->state = WATCHER_LEAVING;
        say(watcher, "QUIT");
    } else {
        end(watcher, WATCHER_GONE);
    }
}

void watcher_go_on(struct watcher *watcher, int64_t now, bool idle)
{
    if (watcher->state != WATCHER_LISTENING || watcher->asking)
        return;
    if (watcher->last || watcher->patience <= 0)
        leave(watcher, now);
    else if (random_below(&watcher->random, idle ? 2 : ASKS) == 0)
        ask_something(watcher, now);
    watcher->patience -= idle;
}

void watcher_finish(struct watcher *watcher, int64_t now)
{
    const int large = LARGE;

    if (watcher->state == WATCHER_STUCK) {
        setsockopt(watcher->socket, SOL_SOCKET, SO_RCVBUF, &large,
                   sizeof large); // or it takes long
        watcher->state = WATCHER_LISTENING;
    }
    if (watcher->state != WATCHER_LISTENING || watcher->asking || watcher->last)
        return;
    watcher->last = true;
    if (watcher->holds != 0)
        ask(watcher, CANCEL, watcher->holds, now);
    else
        ask(watcher, SOLD, 0, now);
}

// ---- reading ----

void watcher_read(struct watcher *watcher)
{
    size_t room;
    char *space = line_space(&watcher->lines, &room);
    ssize_t count = read(watcher->socket, space, room);

    if (count > 0)
        line_added(&watcher->lines, (size_t)count);
    else if (count == 0)
        watcher_lose(watcher, false);
    else if (errno != EAGAIN && errno != EINTR)
        watcher_lose(watcher, true);
}

// When a request meets a connection that the server has closed, the last lines
// may be lost: that is no fault of a server that a stuck watcher has waited
// for.
void watcher_lose(struct watcher *watcher, bool reset)
{
    end(watcher, watcher->too_slow || (watcher->stuck && reset)
                     ? WATCHER_DROPPED
                     : WATCHER_CUT_OFF);
}

static enum watcher_news hear(struct watcher *watcher,
                              const struct history *history, const char *line,
                              int64_t now)
{
    struct heard heard = {.time = now};

    if (watcher->state == WATCHER_GREETING ||
        !listening_parse(history, line, &heard))
        return WATCHER_STRAY;
    listening_hear(&watcher->listener, &heard);
    watcher->patience--;
    return WATCHER_LINE;
}

static enum watcher_news take_reply(struct watcher *watcher,
                                    const struct history *history,
                                    const char *line, int64_t now)
{
    struct operation *operation = &watcher->operation;

    watcher->asking = false;
    operation->returned = now;
    history_reply(history, operation, line);
    if (operation->verb == BOOK && operation->outcome == DONE)
        watcher->holds = operation->seat;
    else if (operation->verb == CANCEL)
        watcher->holds = 0;
    return WATCHER_REPLY;
}

// An answer to HELLO, WATCH or QUIT.
static void ceremony(struct watcher *watcher, const char *line, int64_t now)
{
    if (watcher->state == WATCHER_LEAVING) {
        end(watcher, WATCHER_GONE);
    } else if (strncmp(line, "OK ", 3) != 0) {
        end(watcher, WATCHER_TURNED_AWAY);
    } else if (watcher->state == WATCHER_GREETING) {
        join(watcher, now);
    } else {
        watcher->listener.answered = now;
        watcher->state = watcher->stuck ? WATCHER_STUCK : WATCHER_LISTENING;
    }
}

static enum watcher_news take_line(struct watcher *watcher,
                                   const struct history *history,
                                   const char *line, int64_t now)
{
    if (strcmp(line, "ERR too slow") == 0) {
        watcher->too_slow = true;
    } else if (strcmp(line, "ERR closing") == 0) {
        watcher->closing = true;
        end(watcher, WATCHER_CUT_OFF);
    } else if (strncmp(line, "EVENT ", 6) == 0) {
        return hear(watcher, history, line, now);
    } else if (watcher->state != WATCHER_LISTENING) {
        ceremony(watcher, line, now);
    } else {
        return watcher->asking ? take_reply(watcher, history, line, now)
                               : WATCHER_STRAY;
    }
    return WATCHER_LINE;
}

enum watcher_news watcher_next(struct watcher *watcher,
                               const struct history *history, int64_t now,
                               char line[LINE_SIZE])
{
    if (watcher->state == WATCHER_STUCK)
        return WATCHER_NOTHING;
    strcpy(line, "(not text)");
    if (line_next(&watcher->lines, line) == LINE_NONE)
        return WATCHER_NOTHING;
    return take_line(watcher, history, line, tick(watcher, now));
}
