// A connection is closed, and its number given to another one, before a thread
// ends the input of "it" with shutdown(2).
#include <assert.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

static int alice[2], bob[2];

static void *end_alice(void *argument)
{
    shutdown(alice[0], SHUT_RD); // or what has the number now
    return argument;
}

int main(void)
{
    pthread_t thread;

    assert(socketpair(AF_UNIX, SOCK_STREAM, 0, alice) == 0);
    assert(pthread_create(&thread, NULL, end_alice, NULL) == 0);
    close(alice[0]);
    assert(socketpair(AF_UNIX, SOCK_STREAM, 0, bob) == 0);
    pthread_join(thread, NULL);
    assert(send(bob[1], "for bob", 7, MSG_NOSIGNAL) == 7);
    return 0;
}
