// A box office with one seat, and many ways to be wrong.
//
// usage: office MANNER
// manners: threads locked silent garbage pool keeps polls spins hangs quits
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char *manner;
static char holder[16];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

// The pool's queue.
static int waiting[8], first, last;
static pthread_mutex_t queue = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;

static int is(const char *name)
{
    return strcmp(manner, name) == 0;
}

static void book(const char *name, char *reply)
{
    int safe = !is("threads");

    if (safe)
        pthread_mutex_lock(&lock);
    if (holder[0] != '\0') { // @check
        sprintf(reply, "ERR taken %s\n", holder);
    } else {
        strcpy(holder, name); // @act
        strcpy(reply, is("garbage") ? "OK perhaps\n" : "OK 7\n");
    }
    if (safe && !is("hangs") && !is("keeps"))
        pthread_mutex_unlock(&lock);
}

static void answer(int connection, const char *request, char *name)
{
    char reply[64];

    if (sscanf(request, "HELLO %15s", name) == 1)
        sprintf(reply, "OK hello %s\n", name);
    else
        book(name, reply);
    if (!is("silent") || strncmp(request, "HELLO", 5) == 0)
        send(connection, reply, strlen(reply), MSG_NOSIGNAL);
}

static void serve(int connection)
{
    char request[64], name[16] = "nobody";
    ssize_t length;

    while ((length = read(connection, request, sizeof request - 1)) > 0) {
        request[length] = '\0';
        answer(connection, request, name);
    }
    close(connection);
}

static void *attend(void *argument)
{
    serve((int)(long)argument);
    return NULL;
}

static void *work(void *argument)
{
    for (;;) {
        pthread_mutex_lock(&queue);
        while (first == last)
            pthread_cond_wait(&filled, &queue);
        int connection = waiting[first++ % 8];
        pthread_mutex_unlock(&queue);
        serve(connection);
    }
    return argument;
}

static void hand_over(int connection)
{
    pthread_mutex_lock(&queue);
    waiting[last++ % 8] = connection;
    pthread_cond_signal(&filled);
    pthread_mutex_unlock(&queue);
}

static void start(void *(*routine)(void *), int connection)
{
    pthread_t thread;

    assert(pthread_create(&thread, NULL, routine, (void *)(long)connection) ==
           0);
    pthread_detach(thread);
}

static int open_office(void)
{
    struct sockaddr_in6 address = {.sin6_family = AF_INET6,
                                   .sin6_port = htons(7070),
                                   .sin6_addr = in6addr_any};
    int listener = socket(AF_INET6, SOCK_STREAM, 0);

    assert(bind(listener, (struct sockaddr *)&address, sizeof address) == 0);
    assert(listen(listener, 4) == 0);
    return listener;
}

int main(int argc, char *argv[])
{
    manner = argc > 1 ? argv[1] : "locked";
    int listener = open_office();
    if (is("spins"))
        assert(fcntl(listener, F_SETFL, O_NONBLOCK) == 0);
    int pool = is("pool") || is("keeps");
    if (pool)
        for (int i = 0; i < 2; i++)
            start(work, -1);
    for (;;) {
        struct pollfd item = {listener, POLLIN, 0};

        if (is("polls") && poll(&item, 1, 100) == 0)
            continue;
        int connection = accept(listener, NULL, NULL);
        if (is("spins") && connection < 0 && errno == EAGAIN)
            continue;
        assert(connection >= 0);
        if (pool)
            hand_over(connection);
        else if (is("quits"))
            return 0;
        else
            start(attend, connection);
    }
}
