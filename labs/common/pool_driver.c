// Drives pool.c as the server does, with as little else as possible, for
// interleave to explore. It is no test by itself: that is what assert is for.
//
// usage: pool_driver WORKERS ROOM PRODUCERS EACH finish|close [idle|reuse]
//
// PRODUCERS threads put EACH connections into the pool. `finish`: when all have
// been served the pool is closed. `close`: it is closed meanwhile, at any
// point. With `idle` (and `close`) clients say nothing, and stay until they are
// told to go. With `reuse` the producers open other connections afterwards,
// which may get the number of one that has been closed; these must be left
// alone.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "pool.h"

enum { LIMIT = 8 };

// Both ends of each connection. The server's is the pool's once it is put in.
static int client[LIMIT];
static int server[LIMIT];
static atomic_int times_served[LIMIT];
static bool accepted[LIMIT];

// Connections that have nothing to do with the pool.
static int other_client[LIMIT];
static int other_server[LIMIT];

static int workers;
static int room;
static int producers;
static int each; // connections that one producer puts in
static bool finish, idle, reuse;

// Stores the two ends of a new connection.
static void open_pair(int *one, int *other)
{
    int ends[2];

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0)
        abort();
    *one = ends[0];
    *other = ends[1];
}

static int number_of(int connection)
{
    int i = 0;

    while (i < LIMIT && server[i] != connection)
        i++;
    assert(i < LIMIT); // otherwise nobody has put that in
    return i;
}

// With one worker, who was put in later by the same producer is served later.
static void check_order(int number)
{
    for (int i = number + 1; workers == 1 && i % each != 0; i++)
        assert(times_served[i] == 0);
}

static void serve(int connection)
{
    int number = number_of(connection);
    char byte;

    check_order(number);
    times_served[number]++;
    if (idle) {
        assert(read(connection, &byte, 1) == 0);
        assert(pool_is_closing());
    }
}

static void *produce(void *argument)
{
    int begin = *(int *)argument;

    for (int i = begin; i < begin + each; i++)
        accepted[i] = pool_put(server[i]);
    for (int i = begin; reuse && i < begin + each; i++)
        open_pair(&other_client[i], &other_server[i]);
    return NULL;
}

static void read_arguments(char *argv[])
{
    workers = atoi(argv[1]);
    room = atoi(argv[2]);
    producers = atoi(argv[3]);
    each = atoi(argv[4]);
    finish = strcmp(argv[5], "finish") == 0;
    idle = argv[6] != NULL && strcmp(argv[6], "idle") == 0;
    reuse = argv[6] != NULL && strcmp(argv[6], "reuse") == 0;
}

// Waits until the pool has closed what it was given.
static void await_end(int i)
{
    char byte;

    assert(read(client[i], &byte, 1) == 0);
}

static void run(int count)
{
    pthread_t thread[LIMIT];
    int begin[LIMIT];

    for (int i = 0; i < producers; i++) {
        begin[i] = i * each;
        if (pthread_create(&thread[i], NULL, produce, &begin[i]) != 0)
            abort();
    }
    if (!finish)
        pool_close(1000);
    for (int i = 0; i < producers; i++)
        pthread_join(thread[i], NULL);
    for (int i = 0; finish && i < count; i++)
        await_end(i);
    if (finish)
        pool_close(1000);
}

static void check_pair(int one, int other)
{
    char byte = 'x';

    assert(send(one, &byte, 1, MSG_NOSIGNAL) == 1);
    assert(read(other, &byte, 1) == 1);
}

static void check(int i)
{

    assert(times_served[i] == (accepted[i] ? 1 : 0));
    if (accepted[i])
        await_end(i);
    if (reuse) {
        check_pair(other_client[i], other_server[i]);
        check_pair(other_server[i], other_client[i]);
    }
}

int main(int argc, char *argv[])
{
    if (argc < 6) {
        fprintf(stderr, "usage: pool_driver WORKERS ROOM PRODUCERS EACH "
                        "finish|close [idle|reuse]\n");
        return 2;
    }
    read_arguments(argv);
    assert(!idle || !finish); // idle clients stay
    int count = producers * each;
    for (int i = 0; i < count; i++)
        open_pair(&client[i], &server[i]);
    assert(pool_open(workers, room, serve));
    run(count);
    assert(pool_is_closing());
    assert(!pool_put(client[0]));
    for (int i = 0; i < count; i++)
        check(i);
    return 0;
}
