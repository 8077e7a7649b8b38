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
#include "seats.h"

enum {
    CONNECTIONS = 1000,
    PENDING = 65536,
    SEND_BUFFER = 16384,
    EVERY = 40,
    LATE = 50
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
    [SELLS_TWICE] = "sells-twice",
};

struct connection {
    int socket; // -1: nobody
    char name[NAME_SIZE];
    bool watching;
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
    if (it->kept[0] != '\0')
        say(it, it->kept);
    it->kept[0] = '\0';
}

static char old_event[LATE][LINE_SIZE]; // the last ones, in a ring
static unsigned events;

static void happened(const char *what, int seat, const char *name)
{
    char event[LINE_SIZE];

    snprintf(event, sizeof event, "EVENT %s %d %s", what, seat, name);
    strcpy(old_event[events++ % LATE], event);
    for (int i = 0; i < CONNECTIONS; i++) {
        struct connection *it = &connection[i];

        if (it->socket < 0 || (!it->watching && !errs(EVENT_TO_ALL)))
            continue;
        send_event(it, event);
        if (it->pending <= PENDING || mistake == NEVER_DROPS || it->closing)
            continue;
        say(it, "ERR too slow");
        it->watching = false;
        it->closing = true;
    }
}

// ---- requests ----

static void book(struct connection *it, int seat, char reply[LINE_SIZE])
{
    char holder[NAME_SIZE];

    if (seats_book(seat, it->name, holder) == SEATS_OK) {
        snprintf(reply, LINE_SIZE, "OK %d", seat);
        happened("SOLD", seat, it->name);
    } else if (errs(SELLS_TWICE)) {
        snprintf(reply, LINE_SIZE, "OK %d", seat);
    } else {
        snprintf(reply, LINE_SIZE, "ERR taken %s", holder);
    }
}

static void cancel(struct connection *it, int seat, char reply[LINE_SIZE])
{
    bool done = seats_cancel(seat, it->name) == SEATS_OK;

    if (done)
        snprintf(reply, LINE_SIZE, "OK %d", seat);
    else
        strcpy(reply, "ERR not yours");
    if (done)
        happened("FREE", seat, it->name);
}

static void move(struct connection *it, int from, int to, char reply[LINE_SIZE])
{
    char holder[NAME_SIZE];

    switch (seats_move(from, to, it->name, holder)) {
    case SEATS_OK:
        snprintf(reply, LINE_SIZE, "OK %d", to);
        happened("FREE", from, it->name);
        happened("SOLD", to, it->name);
        break;
    case SEATS_TAKEN:
        snprintf(reply, LINE_SIZE, "ERR taken %s", holder);
        break;
    default:
        strcpy(reply, "ERR not yours");
    }
}

static void who(int seat, char reply[LINE_SIZE])
{
    char holder[NAME_SIZE];

    seats_who(seat, holder);
    snprintf(reply, LINE_SIZE, "OK %s", *holder != '\0' ? holder : "free");
}

static void map(char reply[LINE_SIZE])
{
    char picture[SEATS_LIMIT + 1];

    seats_map(picture);
    snprintf(reply, LINE_SIZE, "OK %s", picture);
}

static bool is_seat(int seat)
{
    return seat >= 1 && seat <= seats_count();
}

// What concerns the seats. Returns false if it is something else.
static bool ask_seats(struct connection *it, const char *request,
                      char reply[LINE_SIZE])
{
    int seat, to;

    if (sscanf(request, "BOOK %d", &seat) == 1 && is_seat(seat))
        book(it, seat, reply);
    else if (sscanf(request, "CANCEL %d", &seat) == 1 && is_seat(seat))
        cancel(it, seat, reply);
    else if (sscanf(request, "MOVE %d %d", &seat, &to) == 2 && is_seat(seat) &&
             is_seat(to))
        move(it, seat, to, reply);
    else if (sscanf(request, "WHO %d", &seat) == 1 && is_seat(seat))
        who(seat, reply);
    else if (strcmp(request, "SOLD") == 0)
        snprintf(reply, LINE_SIZE, "OK %d", seats_sold());
    else if (strcmp(request, "MAP") == 0)
        map(reply);
    else
        return false;
    return true;
}

static void answer(struct connection *it, const char *request)
{
    char reply[LINE_SIZE] = "ERR unknown request";
    bool watch = strcmp(request, "WATCH") == 0;

    if (sscanf(request, "HELLO %15s", it->name) == 1)
        snprintf(reply, sizeof reply, "OK hello %s", it->name);
    else if (watch)
        strcpy(reply, "OK watching");
    else if (strcmp(request, "QUIT") == 0)
        strcpy(reply, "OK bye");
    else
        ask_seats(it, request, reply);
    say(it, reply);
    it->watching = it->watching || watch;
    it->closing = it->closing || strcmp(request, "QUIT") == 0;
    if (watch && events >= LATE && errs(LATE_FIRST))
        say(it, old_event[events % LATE]);
}

// ---- input ----

static void receive(struct connection *it)
{
    char request[LINE_SIZE];
    size_t room;
    char *space = line_space(&it->requests, &room);
    ssize_t count = read(it->socket, space, room);

    if (count < 0 && errno == EAGAIN)
        return;
    if (count <= 0) {
        it->watching = false; // half a line is no request
        it->closing = true;
        return;
    }
    line_added(&it->requests, (size_t)count);
    while (!it->closing && line_next(&it->requests, request) == LINE_READY)
        answer(it, request);
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
    int listener = open_port(atoi(argv[1]));
    while (!ending)
        serve(listener);
    say_goodbye();
    return 0;
}
