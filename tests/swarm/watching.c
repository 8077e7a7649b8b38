// watching: a box office with WATCH, to test swarm against. One thread.
//
// usage: watching PORT SEATS [MISTAKE]
//
// Without a mistake it is right. MISTAKE is one of those in `mistakes`; each
// happens now and then. SIGTERM: whoever is there gets ERR closing.
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "line.h"
#include "log.h"
#include "seat_events.h"
#include "seats.h"
#include "session.h"

enum {
    CONNECTIONS = 1000,
    PENDING = 65536, // bytes that are kept for who does not read
    SEND_BUFFER = 16384,
    EVERY = 40, // of so many chances one is used for the mistake
    LATE = 50   // an old event is the one so many events ago
};

enum mistake {
    NONE,
    NEVER_DROPS, // is none, either: it keeps whatever is not read
    LOSES_AN_EVENT,
    DOUBLES_AN_EVENT,
    WRONG_ORDER,
    LATE_FIRST,
    EVENT_TO_ALL,
    MIXES_LINES,
    NOT_TEXT,     // a line behind a reply
    KEEPS_SILENT, // to a BOOK
    NEVER_STOPS,  // to tell one watcher of one event
    SELLS_TWICE,
};

static const char *const mistakes[] = {
    [NONE] = "none",
    [NEVER_DROPS] = "never-drops",
    [LOSES_AN_EVENT] = "loses-an-event",
    [DOUBLES_AN_EVENT] = "doubles-an-event",
    [WRONG_ORDER] = "wrong-order",
    [LATE_FIRST] = "late-first",
    [EVENT_TO_ALL] = "event-to-all",
    [MIXES_LINES] = "mixes-lines",
    [NOT_TEXT] = "not-text",
    [KEEPS_SILENT] = "keeps-silent",
    [NEVER_STOPS] = "never-stops",
    [SELLS_TWICE] = "sells-twice",
};

struct connection {
    int socket; // -1: nobody
    struct session session;
    bool closing;         // once everything is written
    char kept[LINE_SIZE]; // an event to send behind the next one
    struct line_buffer requests;
    char *output;
    size_t pending, room;
};

static struct connection connection[CONNECTIONS];
static enum mistake mistake;
static volatile sig_atomic_t ending;
static unsigned chances;

static void end(int signal)
{
    (void)signal;
    ending = 1;
}

// Now and then, for a server with that mistake. Fewer say WATCH than hear
// events.
static bool errs(enum mistake which)
{
    unsigned every = which == LATE_FIRST ? 2 : EVERY;

    return mistake == which && ++chances % every == 0;
}

// seats.c wants to say what it does.
void log_line(const char *format, ...)
{
    (void)format;
}

// ---- output ----

static void forget(struct connection *it)
{
    close(it->socket);
    free(it->output);
    *it = (struct connection){.socket = -1};
}

static void add(struct connection *it, const char *text)
{
    size_t length = strlen(text);

    if (it->pending + length > it->room) {
        it->room = 2 * (it->pending + length);
        it->output = realloc(it->output, it->room);
        if (it->output == NULL)
            abort();
    }
    memcpy(it->output + it->pending, text, length);
    it->pending += length;
}

static void say(struct connection *it, const char *text)
{
    char line[LINE_SIZE + 1];

    if (it->closing)
        return;
    snprintf(line, sizeof line, "%s\n", text);
    add(it, line);
}

// Writes as much as goes out.
static void flush(struct connection *it)
{
    while (it->pending > 0) {
        ssize_t count = send(it->socket, it->output, it->pending, MSG_NOSIGNAL);

        if (count < 0 && errno == EAGAIN)
            return;
        if (count <= 0) {
            forget(it);
            return;
        }
        it->pending -= (size_t)count;
        memmove(it->output, it->output + count, it->pending);
    }
    if (it->closing)
        forget(it);
}

// ---- events ----

static void send_event(struct connection *it, const char *event)
{
    if (errs(LOSES_AN_EVENT))
        return;
    if (errs(WRONG_ORDER)) {
        strcpy(it->kept, event);
        return;
    }
    if (errs(MIXES_LINES))
        add(it, "EVENT SO");
    say(it, event);
    if (errs(DOUBLES_AN_EVENT))
        say(it, event);
    while (mistake == NEVER_STOPS && it->socket >= 0) {
        if (it->pending < PENDING)
            say(it, event);
        flush(it);
    }
    if (it->kept[0] != '\0')
        say(it, it->kept);
    it->kept[0] = '\0';
}

static char old_event[LATE][LINE_SIZE]; // the last ones, in a ring
static unsigned events;

static void happened(enum seat_event what, int seat, const char *name)
{
    char event[LINE_SIZE];

    snprintf(event, sizeof event, "EVENT %s %d %s",
             what == SEAT_SOLD ? "SOLD" : "FREE", seat, name);
    strcpy(old_event[events++ % LATE], event);
    for (int i = 0; i < CONNECTIONS; i++) {
        struct connection *it = &connection[i];

        if (it->socket < 0 || (!it->session.watching && !errs(EVENT_TO_ALL)))
            continue;
        send_event(it, event);
        if (it->pending <= PENDING || mistake == NEVER_DROPS || it->closing)
            continue;
        say(it, "ERR too slow");
        it->session.watching = false;
        it->closing = true;
    }
}

// ---- requests ----

// Whether BOOK got the answer that the seat is taken.
static bool is_refused(const char *request, const char *reply, int *seat)
{
    return sscanf(request, "BOOK %d", seat) == 1 &&
           strncmp(reply, "ERR taken", 9) == 0;
}

static void answer(struct connection *it, enum line_status status,
                   const char *request)
{
    char reply[LINE_SIZE];
    int seat;
    bool watched = it->session.watching;
    bool goes_on = session_answer(&it->session, status, request, reply);

    if (strncmp(request, "BOOK ", 5) == 0 && errs(KEEPS_SILENT))
        return;
    if (is_refused(request, reply, &seat) && errs(SELLS_TWICE))
        snprintf(reply, sizeof reply, "OK %d", seat);
    say(it, reply);
    it->closing = it->closing || !goes_on;
    if (errs(NOT_TEXT))
        add(it, "\t\n");
    if (it->session.watching && !watched && events >= LATE && errs(LATE_FIRST))
        say(it, old_event[events % LATE]);
}

// ---- input ----

static void receive(struct connection *it)
{
    char request[LINE_SIZE] = "";
    enum line_status status;
    size_t room;
    char *space = line_space(&it->requests, &room);
    ssize_t count = read(it->socket, space, room);

    if (count < 0 && errno == EAGAIN)
        return;
    if (count <= 0) {
        it->session.watching = false; // half a line is no request
        it->closing = true;
        return;
    }
    line_added(&it->requests, (size_t)count);
    while (!it->closing &&
           (status = line_next(&it->requests, request)) != LINE_NONE)
        answer(it, status, request);
}

static void welcome(int listener)
{
    const int small = SEND_BUFFER, on = 1;
    int socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK);

    if (socket < 0)
        return;
    setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    for (int i = 0; i < CONNECTIONS; i++) {
        if (connection[i].socket >= 0)
            continue;
        connection[i] = (struct connection){.socket = socket};
        line_init(&connection[i].requests);
        session_init(&connection[i].session);
        connection[i].session.may_watch = true;
        return;
    }
    close(socket);
}

// Who is leaving is only written to, unless nothing is left to write.
static int wait_for_news(int listener, struct pollfd *news)
{
    news[CONNECTIONS] = (struct pollfd){listener, POLLIN, 0};
    for (int i = 0; i < CONNECTIONS; i++) {
        short events = connection[i].closing ? 0 : POLLIN;

        news[i] = (struct pollfd){connection[i].socket, events, 0};
        if (connection[i].pending > 0)
            news[i].events |= POLLOUT;
    }
    return poll(news, CONNECTIONS + 1, -1);
}

static void serve(int listener)
{
    static struct pollfd news[CONNECTIONS + 1];

    if (wait_for_news(listener, news) < 0)
        return;
    for (int i = 0; i < CONNECTIONS; i++)
        if (connection[i].socket >= 0 && news[i].revents != 0 &&
            !connection[i].closing)
            receive(&connection[i]);
    for (int i = 0; i < CONNECTIONS; i++)
        if (connection[i].socket >= 0)
            flush(&connection[i]);
    if (news[CONNECTIONS].revents != 0)
        welcome(listener);
}

// Everybody hears of the end; who does not read it in time has had the chance.
static void say_goodbye(void)
{
    for (int i = 0; i < CONNECTIONS; i++) {
        struct connection *it = &connection[i];

        if (it->socket < 0)
            continue;
        receive(it);
        say(it, "ERR closing");
        it->closing = true;
        flush(it);
    }
}

static int open_port(int port)
{
    struct sockaddr_in6 address = {.sin6_family = AF_INET6,
                                   .sin6_port = htons((uint16_t)port)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK, 0);

    if (listener < 0 ||
        bind(listener, (struct sockaddr *)&address, sizeof address) < 0 ||
        listen(listener, 128) < 0 ||
        getsockname(listener, (struct sockaddr *)&address, &size) < 0) {
        perror("watching");
        exit(1);
    }
    printf("listening on port %d\n", ntohs(address.sin6_port));
    fflush(stdout);
    return listener;
}

int main(int argc, char *argv[])
{
    struct sigaction action = {.sa_handler = end};

    if (argc < 3)
        return 2;
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++)
        if (argc > 3 && strcmp(argv[3], mistakes[i]) == 0)
            mistake = (enum mistake)i;
    if (argc > 3 && strcmp(argv[3], mistakes[mistake]) != 0)
        return 2;
    for (int i = 0; i < CONNECTIONS; i++)
        connection[i].socket = -1;
    sigaction(SIGTERM, &action, NULL);
    seats_open(atoi(argv[2]));
    seats_tell(happened);
    int listener = open_port(atoi(argv[1]));
    while (!ending)
        serve(listener);
    say_goodbye();
    return 0;
}
