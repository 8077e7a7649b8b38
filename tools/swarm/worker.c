#include "worker.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "allocate.h"
#include "conversation.h"

enum { EVENTS = 256, TICK = 100 }; // milliseconds

void swarm_begin(struct swarm *swarm)
{
    swarm->start = conversation_now();
    atomic_init(&swarm->last_reply, 0);
    atomic_init(&swarm->connections, 0);
    atomic_init(&swarm->most_connections, 0);
    atomic_init(&swarm->watched, false);
    atomic_init(&swarm->done, false);
}

int64_t swarm_now(const struct swarm *swarm)
{
    return conversation_now() - swarm->start;
}

bool swarm_has_hung(const struct swarm *swarm, int64_t since)
{
    return swarm_now(swarm) - since >
           (int64_t)swarm->options->timeout * 1000000000;
}

static void count_connection(struct swarm *swarm)
{
    int open = atomic_fetch_add(&swarm->connections, 1) + 1;
    int most = atomic_load(&swarm->most_connections);

    while (open > most &&
           !atomic_compare_exchange_weak(&swarm->most_connections, &most, open))
        continue;
}

static void record(struct worker *worker, const struct client *client)
{
    worker->operation =
        allocate_room(worker->operation, worker->operations,
                      &worker->operation_room, sizeof *worker->operation);
    worker->operation[worker->operations++] = client->operation;
}

static void record_latency(struct worker *worker, const struct client *client)
{
    worker->latency =
        allocate_room(worker->latency, worker->replies, &worker->latency_room,
                      sizeof *worker->latency);
    worker->latency[worker->replies++] =
        client->operation.returned - client->due;
}

// When the client's next request is due. With --rate, request k of client i of
// n is number i + k * n of the swarm: all clients are spread evenly.
static int64_t next_due(const struct worker *worker,
                        const struct client *client, int64_t now)
{
    const struct options *options = worker->swarm->options;

    if (options->rate == 0)
        return now;
    int64_t number = client->number + (int64_t)client->made * options->clients;
    return worker->swarm->begun + number * 1000000000 / options->rate;
}

// Counts a client that has nothing left to do. With --until-closed it is the
// server that ends the conversation.
static void retire(struct worker *worker, const struct client *client)
{
    worker->busy--;
    worker->closing += client->closing;
    if (!worker->swarm->options->until_closed)
        worker->cut_off += client->state == CLIENT_CUT_OFF;
    worker->turned_away += client->state == CLIENT_TURNED_AWAY;
    if (client->operation.returned == NEVER && client->operation.called > 0)
        record(worker, client);
}

static void start_connecting(struct worker *worker, struct client *client)
{
    struct epoll_event event = {.events = EPOLLOUT, .data.ptr = client};

    if (client_connect(client, worker->swarm->server) &&
        epoll_ctl(worker->epoll, EPOLL_CTL_ADD, client->socket, &event) < 0)
        client_close(client, CLIENT_CUT_OFF);
}

// The client has broken off, perhaps behind a whole request, and comes again.
static void come_again(struct worker *worker, struct client *client)
{
    atomic_fetch_sub(&worker->swarm->connections, 1);
    worker->cuts++;
    if (client->operation.called > 0)
        record(worker, client);
    client->operation.called = 0;
    start_connecting(worker, client);
}

static bool has_made_all(const struct worker *worker,
                         const struct client *client)
{
    const struct options *options = worker->swarm->options;

    return !options->until_closed && client->made == options->requests;
}

// The client is ready: its next request if that is due, or QUIT.
static void go_on(struct worker *worker, struct client *client)
{
    const struct swarm *swarm = worker->swarm;
    int64_t now = swarm_now(swarm), due = next_due(worker, client, now);

    if (has_made_all(worker, client))
        client_leave(client, swarm->options);
    else if (due <= now)
        client_ask(client, swarm->options, swarm->seats, due, now);
    if (client->state == CLIENT_BROKEN_OFF)
        come_again(worker, client);
}

static void connected(struct worker *worker, struct client *client)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
    const struct swarm *swarm = worker->swarm;
    int error = 0;
    socklen_t size = sizeof error;

    if (getsockopt(client->socket, SOL_SOCKET, SO_ERROR, &error, &size) < 0 ||
        error != 0 ||
        epoll_ctl(worker->epoll, EPOLL_CTL_MOD, client->socket, &event) < 0) {
        client_close(client, CLIENT_CUT_OFF);
        return;
    }
    count_connection(worker->swarm);
    if (swarm->options->ask != NULL)
        client_greet(client, NULL);
    else
        client_greet(client, names_text(&swarm->history->names, client->name));
    if (client->state == CLIENT_READY)
        go_on(worker, client);
}

static void received(struct worker *worker, struct client *client)
{
    struct swarm *swarm = worker->swarm;
    int64_t now = swarm_now(swarm);
    int before = (int)client->state;

    if (client_receive(client, swarm->options, swarm->history, now)) {
        if (swarm->options->ask == NULL)
            record(worker, client);
        record_latency(worker, client);
    }
    if (client->stray[0] != '\0')
        listening_stray(&worker->listening, client->name, now, client->stray);
    client->stray[0] = '\0';
    if ((int)client->state != before) // bytes alone are no reply
        atomic_store(&swarm->last_reply, now);
    if (!client_is_busy(client))
        atomic_fetch_sub(&swarm->connections, 1);
    else if (client->state == CLIENT_READY)
        go_on(worker, client);
}

static void handle(struct worker *worker, struct client *client)
{
    if (client->state == CLIENT_CONNECTING)
        connected(worker, client);
    else
        received(worker, client);
    if (!client_is_busy(client))
        retire(worker, client);
}

// Those whose time has come, with --rate.
static void wake(struct worker *worker)
{
    for (int i = 0; i < worker->clients; i++) {
        struct client *client = &worker->client[i];

        if (client->state != CLIENT_READY)
            continue;
        go_on(worker, client);
        if (!client_is_busy(client))
            retire(worker, client);
    }
}

static void give_up(struct worker *worker)
{
    worker->hung = true;
    for (int i = 0; i < worker->clients; i++) {
        struct client *client = &worker->client[i];

        if (client_is_busy(client)) {
            client_close(client, CLIENT_CUT_OFF);
            retire(worker, client);
        }
    }
}

static void connect_all(struct worker *worker)
{
    worker->busy = worker->clients;
    for (int i = 0; i < worker->clients; i++) {
        struct client *client = &worker->client[i];

        start_connecting(worker, client);
        if (!client_is_busy(client))
            retire(worker, client);
    }
}

static void *work(void *argument)
{
    struct worker *worker = argument;
    struct epoll_event event[EVENTS];
    struct swarm *swarm = worker->swarm;
    bool paced = swarm->options->rate > 0;

    connect_all(worker);
    while (worker->busy > 0) {
        int count = epoll_wait(worker->epoll, event, EVENTS, paced ? 1 : TICK);

        for (int i = 0; i < count; i++)
            handle(worker, event[i].data.ptr);
        if (paced)
            wake(worker);
        if (count <= 0 &&
            swarm_has_hung(swarm, atomic_load(&swarm->last_reply)))
            give_up(worker);
    }
    return NULL;
}

bool worker_start(struct worker *worker)
{
    worker->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (worker->epoll < 0) {
        fprintf(stderr, "swarm: cannot watch connections: %s\n",
                strerror(errno));
        return false;
    }
    int error = pthread_create(&worker->thread, NULL, work, worker);
    if (error != 0) {
        fprintf(stderr, "swarm: cannot start a thread: %s\n", strerror(error));
        close(worker->epoll);
    }
    return error == 0;
}

void worker_join(struct worker *worker)
{
    pthread_join(worker->thread, NULL);
    close(worker->epoll);
}

void worker_release(struct worker *worker)
{
    listening_release(&worker->listening);
    free(worker->operation);
    free(worker->latency);
}
