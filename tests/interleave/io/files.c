// stdio over a connection, and the numbers of descriptors.
#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int pair[2];

static void *answer(void *argument)
{
    FILE *in = fdopen(pair[1], "r");
    char line[32];

    assert(in != NULL && fileno(in) == pair[1]);
    while (fgets(line, sizeof line, in) != NULL)
        assert(dprintf(pair[1], "you said %s", line) > 9);
    assert(fclose(in) == 0);
    return argument;
}

static void talk(void)
{
    pthread_t thread;
    char line[32];

    assert(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
    assert(pthread_create(&thread, NULL, answer, NULL) == 0);
    FILE *out = fdopen(dup(pair[0]), "w"), *in = fdopen(pair[0], "r");
    assert(out != NULL && in != NULL);
    fprintf(out, "hello %d\n", 7);
    assert(fflush(out) == 0);
    assert(fgets(line, sizeof line, in) != NULL);
    assert(strcmp(line, "you said hello 7\n") == 0);
    assert(shutdown(fileno(out), SHUT_WR) == 0);
    assert(fgets(line, sizeof line, in) == NULL && feof(in));
    assert(fclose(out) == 0 && fclose(in) == 0);
    pthread_join(thread, NULL);
}

// The lowest number that is free: POSIX.
static void numbers(void)
{
    int lowest = dup(0), more[2];

    assert(close(lowest) == 0);
    assert(socket(AF_INET, SOCK_STREAM, 0) == lowest);
    assert(open("/dev/null", O_RDONLY) == lowest + 1);
    assert(pipe(more) == 0 && more[0] == lowest + 2 && more[1] == lowest + 3);
    assert(close(lowest + 1) == 0);
    assert(fcntl(more[0], F_DUPFD, 0) == lowest + 1);
    assert(write(more[1], "x", 1) == 1 && close(more[0]) == 0);
    assert(dup2(lowest + 1, lowest) == lowest); // the socket is closed
    char byte;
    assert(read(lowest, &byte, 1) == 1 && byte == 'x');
    assert(close(lowest) == 0 && close(lowest + 1) == 0);
    assert(close(more[1]) == 0);
}

static FILE *shared;

static void *hear(void *argument)
{
    char line[32];

    assert(fgets(line, sizeof line, shared) != NULL);
    return argument;
}

// One waits for input and holds the file's lock; the other waits for that.
static void two_at_one_file(void)
{
    pthread_t one, other;

    assert(pipe(pair) == 0);
    shared = fdopen(pair[0], "r");
    assert(pthread_create(&one, NULL, hear, NULL) == 0);
    assert(pthread_create(&other, NULL, hear, NULL) == 0);
    assert(write(pair[1], "a\nb\n", 4) == 4);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    assert(fclose(shared) == 0 && close(pair[1]) == 0);
}

int main(void)
{
    numbers();
    talk();
    two_at_one_file();
    return 0;
}
