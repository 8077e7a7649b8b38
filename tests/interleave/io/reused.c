// A descriptor is closed while another thread still means to write to it: its
// number may belong to somebody else by then.
#include <assert.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

static int alice[2], bob[2];

static void *tell_alice(void *argument)
{
    if (send(alice[0], "for alice", 9, MSG_NOSIGNAL) < 0)
        return argument;
    return NULL;
}

int main(void)
{
    pthread_t thread;
    char text[16];

    assert(socketpair(AF_UNIX, SOCK_STREAM, 0, alice) == 0);
    assert(pthread_create(&thread, NULL, tell_alice, NULL) == 0);
    close(alice[0]);
    assert(socketpair(AF_UNIX, SOCK_STREAM, 0, bob) == 0);
    pthread_join(thread, NULL);
    assert(recv(bob[1], text, sizeof text, MSG_DONTWAIT) < 0); // @bob
    return 0;
}
