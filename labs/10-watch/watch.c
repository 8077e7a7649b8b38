// Who watches is in a list; what happens is sent to all of them.
#include "watch.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "net.h"

enum { LINE_LIMIT = 256 };

struct watcher {
    int connection;
    struct watcher *next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; // protects the list
static struct watcher *first;

static bool send_line(const struct watcher *watcher, const char *line)
{
    char text[LINE_LIMIT];
    int size = snprintf(text, sizeof text, "%s\n", line);

    return net_send(watcher->connection, text, (size_t)size);
}

struct watcher *watch_begin(int connection, const char *reply)
{
    struct watcher *watcher = malloc(sizeof *watcher);

    if (watcher == NULL)
        return NULL;
    watcher->connection = connection;
    pthread_mutex_lock(&lock); // nothing before the reply
    send_line(watcher, reply);
    watcher->next = first;
    first = watcher;
    pthread_mutex_unlock(&lock);
    return watcher;
}

bool watch_reply(struct watcher *watcher, const char *reply)
{
    return send_line(watcher, reply);
}

bool watch_end(struct watcher *watcher)
{
    free(watcher);
    return true;
}

void watch_tell(enum seat_event event, int seat, const char *name)
{
    char line[LINE_LIMIT];

    snprintf(line, sizeof line, "EVENT %s %d %s",
             event == SEAT_SOLD ? "SOLD" : "FREE", seat, name);
    pthread_mutex_lock(&lock);
    for (struct watcher *watcher = first; watcher != NULL;
         watcher = watcher->next)
        send_line(watcher, line);
    pthread_mutex_unlock(&lock);
}
