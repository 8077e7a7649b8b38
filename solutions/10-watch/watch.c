// What happens is written down once, in a log, and everybody who watches reads
// it at a pace of his own. So who tells only wakes those who watch, and waits
// for none of them.
#include "watch.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/socket.h>

#include "net.h"

enum {
    LOG_SIZE = 4096, // events; who is further behind is too slow
    EVENT_SIZE = 32, // "EVENT SOLD 100 fifteen-letters\n", and the NUL
    BATCH = 64,      // events that are sent at once
    LINE_LIMIT = 256,
    STACK_SIZE = 256 * 1024,
};

// The log: the last LOG_SIZE events, the one with number n at n % LOG_SIZE.
static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
// It protects what follows.
static char event_log[LOG_SIZE][EVENT_SIZE];
static unsigned long events; // so many have happened
static LIST_HEAD(, watcher) watchers = LIST_HEAD_INITIALIZER(); // list(3)

// A watcher has two threads: the worker that serves the client, and a courier
// that brings the events. The worker begins and ends it, and outlives the
// courier: so nobody has a watcher that is gone.
//
// The order of the locks: output, then log_lock.
struct watcher {
    int connection;
    pthread_t courier;
    pthread_mutex_t output; // who holds it may send; protects the next two
    unsigned long next;     // the first event that has not been sent
    bool deaf;              // gets nothing more
    pthread_cond_t news;    // more events, or `ending`; goes with log_lock
    bool ending;            // protected by log_lock, and so is the next one
    LIST_ENTRY(watcher) neighbours; // in `watchers`
};

// Copies events from the watcher's next one on, up to number `end`, and returns
// how many bytes that is; -1 if they are no longer in the log. The caller holds
// the output.
static int copy_events(struct watcher *watcher, unsigned long end,
                       char text[BATCH * EVENT_SIZE])
{
    int size = 0;

    pthread_mutex_lock(&log_lock);
    if (events - watcher->next > LOG_SIZE)
        size = -1;
    for (int i = 0; i < BATCH && size >= 0 && watcher->next < end; i++) {
        const char *event = event_log[watcher->next++ % LOG_SIZE];
        size_t length = strlen(event);

        memcpy(text + size, event, length + 1); // and the NUL
        size += (int)length;
    }
    pthread_mutex_unlock(&log_lock);
    return size;
}

// The client was too slow. What has been sent ended with a whole line. Its
// worker, which waits for requests, sees end of file.
static void drop(struct watcher *watcher)
{
    const char last[] = "ERR too slow\n";

    net_send(watcher->connection, last, strlen(last));
    shutdown(watcher->connection, SHUT_RDWR);
    watcher->deaf = true;
}

// Sends all events before number `end`. The caller holds the output.
static void catch_up(struct watcher *watcher, unsigned long end)
{
    char text[BATCH * EVENT_SIZE];
    int size;

    while (!watcher->deaf && (size = copy_events(watcher, end, text)) != 0) {
        if (size < 0)
            drop(watcher);
        else if (!net_send(watcher->connection, text, (size_t)size))
            watcher->deaf = true;
    }
}

static unsigned long event_count(void)
{
    pthread_mutex_lock(&log_lock);
    unsigned long count = events;
    pthread_mutex_unlock(&log_lock);
    return count;
}

// Waits until there are more than `seen` events. Returns how many; `seen` if
// the watcher ends.
static unsigned long await_news(struct watcher *watcher, unsigned long seen)
{
    pthread_mutex_lock(&log_lock);
    while (events == seen && !watcher->ending)
        pthread_cond_wait(&watcher->news, &log_lock);
    unsigned long count = watcher->ending ? seen : events;
    pthread_mutex_unlock(&log_lock);
    return count;
}

static unsigned long next_of(struct watcher *watcher)
{
    pthread_mutex_lock(&watcher->output);
    unsigned long next = watcher->next;
    pthread_mutex_unlock(&watcher->output);
    return next;
}

static void *bring(void *argument)
{
    struct watcher *watcher = argument;
    unsigned long now = next_of(watcher), seen;

    do {
        seen = now;
        now = await_news(watcher, seen);
        pthread_mutex_lock(&watcher->output);
        catch_up(watcher, now);
        pthread_mutex_unlock(&watcher->output);
    } while (now != seen);
    return NULL;
}

// Sends one line. The caller holds the output.
static void send_line(struct watcher *watcher, const char *line)
{
    char text[LINE_LIMIT];
    int size = snprintf(text, sizeof text, "%s\n", line);

    if (!watcher->deaf && !net_send(watcher->connection, text, (size_t)size))
        watcher->deaf = true;
}

static bool start_courier(struct watcher *watcher)
{
    pthread_attr_t attributes;

    if (pthread_attr_init(&attributes) != 0)
        return false;
    int error = pthread_attr_setstacksize(&attributes, STACK_SIZE);
    if (error == 0)
        error = pthread_create(&watcher->courier, &attributes, bring, watcher);
    pthread_attr_destroy(&attributes);
    return error == 0;
}

static struct watcher *create(int connection)
{
    struct watcher *watcher = calloc(1, sizeof *watcher);

    if (watcher == NULL)
        return NULL;
    watcher->connection = connection;
    pthread_mutex_init(&watcher->output, NULL); // these two always return 0
    pthread_cond_init(&watcher->news, NULL);
    return watcher;
}

static void destroy(struct watcher *watcher)
{
    pthread_cond_destroy(&watcher->news);
    pthread_mutex_destroy(&watcher->output);
    free(watcher);
}

// From now on the watcher hears of events. The caller holds the output.
static void enlist(struct watcher *watcher)
{
    pthread_mutex_lock(&log_lock);
    watcher->next = events;
    LIST_INSERT_HEAD(&watchers, watcher, neighbours);
    pthread_mutex_unlock(&log_lock);
}

// The courier is told to end.
static void delist(struct watcher *watcher)
{
    pthread_mutex_lock(&log_lock);
    LIST_REMOVE(watcher, neighbours);
    watcher->ending = true;
    pthread_cond_signal(&watcher->news);
    pthread_mutex_unlock(&log_lock);
}

struct watcher *watch_begin(int connection, const char *reply)
{
    struct watcher *watcher = create(connection);

    if (watcher == NULL)
        return NULL;
    pthread_mutex_lock(&watcher->output); // nothing before the reply
    bool started = start_courier(watcher);
    if (started) {
        enlist(watcher);
        send_line(watcher, reply);
    }
    pthread_mutex_unlock(&watcher->output);
    if (started)
        return watcher;
    destroy(watcher);
    return NULL;
}

bool watch_reply(struct watcher *watcher, const char *reply)
{
    unsigned long now = event_count();

    pthread_mutex_lock(&watcher->output);
    catch_up(watcher, now);
    send_line(watcher, reply);
    bool hears = !watcher->deaf;
    pthread_mutex_unlock(&watcher->output);
    return hears;
}

bool watch_end(struct watcher *watcher)
{
    delist(watcher);
    pthread_join(watcher->courier, NULL);
    bool hears = !watcher->deaf;
    destroy(watcher);
    return hears;
}

void watch_tell(enum seat_event event, int seat, const char *name)
{
    struct watcher *watcher;

    pthread_mutex_lock(&log_lock);
    snprintf(event_log[events++ % LOG_SIZE], EVENT_SIZE, "EVENT %s %d %s\n",
             event == SEAT_SOLD ? "SOLD" : "FREE", seat, name);
    LIST_FOREACH (watcher, &watchers, neighbours)
        pthread_cond_signal(&watcher->news);
    pthread_mutex_unlock(&log_lock);
}
