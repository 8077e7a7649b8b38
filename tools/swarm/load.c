#include "load.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "allocate.h"
#include "audience.h"
#include "random.h"
#include "worker.h"

enum { WORKERS_LIMIT = 2, DESCRIPTORS_BESIDE = 16, NAMES = 26 };

// "alice" to "zoe", then "alice-2" to "zoe-2", and so on.
static void name_client(char name[NAME_SIZE], int number)
{
    static const char *const names[NAMES] = {
        "alice", "bob",   "carol", "dave",  "erin",  "frank", "grace",
        "heidi", "ivan",  "judy",  "kim",   "lena",  "mike",  "nina",
        "oscar", "peggy", "quinn", "rosa",  "sybil", "trent", "uma",
        "vera",  "walt",  "xena",  "yusuf", "zoe"};

    if (number < NAMES)
        snprintf(name, NAME_SIZE, "%s", names[number]);
    else
        snprintf(name, NAME_SIZE, "%s-%d", names[number % NAMES],
                 number / NAMES + 1);
}

// Somebody whose name stands in no list: letters that the seed draws. The
// number keeps them apart.
static void name_stranger(char name[NAME_SIZE], int number, uint64_t seed)
{
    uint64_t drawn = random_mix(random_mix(seed) + (uint64_t)number);
    char letters[6] = "";

    for (int i = 0; i < 5; i++, drawn /= 26)
        letters[i] = (char)('a' + drawn % 26);
    snprintf(name, NAME_SIZE, "%s-%d", letters, number + 1);
}

// Every connection is a descriptor: raises the limit as far as is allowed.
static bool allow_connections(const struct options *options)
{
    int clients = options->clients + options->watchers + options->stuck;
    struct rlimit limit;
    rlim_t needed = (rlim_t)clients + DESCRIPTORS_BESIDE;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < needed) {
        limit.rlim_cur = needed < limit.rlim_max ? needed : limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit); // if not, the next line says so
    }
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur >= needed)
        return true;
    fprintf(stderr,
            "swarm: %d clients need %d descriptors, %ld are allowed: use fewer "
            "clients, or raise the limit (ulimit -n)\n",
            clients, (int)needed, (long)limit.rlim_cur);
    return false;
}

static struct client *new_clients(struct history *history,
                                  const struct options *options)
{
    struct client *clients =
        allocate_array((size_t)options->clients, sizeof *clients);

    for (int i = 0; i < options->clients; i++) {
        char name[NAME_SIZE];

        if (options->strangers)
            name_stranger(name, i, options->seed);
        else
            name_client(name, i);
        clients[i].number = i;
        clients[i].name = names_add(&history->names, name);
        clients[i].random = random_mix(options->seed) + (uint64_t)i;
        clients[i].random = random_mix(clients[i].random);
        for (int seat = 1; seat <= history->seats; seat++)
            if (history->initial[seat] == clients[i].name)
                clients[i].holds[seat / 64] |= UINT64_C(1) << seat % 64;
    }
    return clients;
}

static int compare(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

    return (a > b) - (a < b);
}

// Puts together what the workers have seen.
static void collect(struct load *load, struct history *history,
                    const struct worker *worker)
{
    load->latency =
        realloc(load->latency, (size_t)(load->requests + worker->replies + 1) *
                                   sizeof *load->latency);
    if (load->latency == NULL)
        allocate_failed();
    if (worker->replies > 0)
        memcpy(load->latency + load->requests, worker->latency,
               (size_t)worker->replies * sizeof *load->latency);
    load->requests += worker->replies;
    load->cut_off += worker->cut_off;
    load->turned_away += worker->turned_away;
    load->cuts += worker->cuts;
    load->closing += worker->closing;
    load->hung = load->hung || worker->hung;
    for (int i = 0; i < worker->operations; i++)
        history_add(history, &worker->operation[i]);
    for (int i = 0; i < worker->listening.strays; i++)
        listening_stray(&history->listening, worker->listening.stray[i].name,
                        worker->listening.stray[i].time,
                        worker->listening.stray[i].text);
}

// The watchers, as long as the clients are there.
static void collect_audience(struct load *load, struct history *history,
                             struct audience *audience)
{
    audience_join(audience, history);
    load->visits = audience->visits;
    for (int i = 0; i < history->listening.listeners; i++)
        load->events += history->listening.listener[i].count;
    load->dropped = audience->dropped;
    load->watchers_closing = audience->closing;
    load->cut_off += audience->cut_off;
    load->turned_away += audience->turned_away;
    load->hung = load->hung || audience->hung;
}

static void run_workers(struct load *load, struct history *history,
                        struct swarm *swarm, struct client *clients, int count)
{
    struct worker workers[WORKERS_LIMIT];
    int total = swarm->options->clients, started = 0;

    for (int i = 0; i < count; i++) {
        int first = total * i / count;

        workers[i] = (struct worker){
            .swarm = swarm,
            .client = clients + first,
            .clients = total * (i + 1) / count - first,
        };
        if (worker_start(&workers[i]))
            started++;
        else
            break;
    }
    for (int i = 0; i < started; i++) {
        worker_join(&workers[i]);
        collect(load, history, &workers[i]);
        worker_release(&workers[i]);
    }
    if (started < count)
        load->cut_off += total - total * started / count;
}

bool load_run(struct load *load, struct history *history,
              const struct options *options, const struct addrinfo *server)
{
    memset(load, 0, sizeof *load);
    if (!allow_connections(options))
        return false;
    struct client *clients = new_clients(history, options);
    struct swarm swarm = {
        .options = options,
        .server = server,
        .history = history,
        .seats = options->seats > 0 ? options->seats : history->seats,
    };
    struct audience audience;
    int count =
        options->clients < WORKERS_LIMIT ? options->clients : WORKERS_LIMIT;

    swarm_begin(&swarm);
    load->start = swarm.start;
    audience_init(&audience, &swarm, history);
    bool watched = audience.watchers > 0 && audience_start(&audience);
    if (!watched)
        load->cut_off = audience.watchers;
    swarm.begun = swarm_now(&swarm);
    atomic_store(&swarm.last_reply, swarm.begun);
    run_workers(load, history, &swarm, clients, count);
    atomic_store(&swarm.done, true);
    load->seconds = (double)(swarm_now(&swarm) - swarm.begun) / 1e9;
    if (watched)
        collect_audience(load, history, &audience);
    audience_release(&audience);
    load->most_connections = atomic_load(&swarm.most_connections);
    if (load->requests > 0)
        qsort(load->latency, (size_t)load->requests, sizeof *load->latency,
              compare);
    free(clients);
    return true;
}

void load_release(struct load *load)
{
    free(load->latency);
}
