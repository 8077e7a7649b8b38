// More bytes than a pipe holds: the writer waits for the reader, and none is
// lost.
#include <assert.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { SIZE = 70000 };

static char sent[SIZE], received[SIZE];
static int pair[2];

static void *write_all(void *argument)
{
    assert(write(pair[1], sent, SIZE) == SIZE);
    assert(close(pair[1]) == 0);
    return argument;
}

static void read_all(void)
{
    size_t size = 0;
    ssize_t length;

    while ((length = read(pair[0], received + size, SIZE - size)) > 0)
        size += (size_t)length;
    assert(length == 0 && size == SIZE);
    assert(memcmp(sent, received, SIZE) == 0);
    assert(close(pair[0]) == 0);
}

static void through(void)
{
    pthread_t writer;

    assert(pthread_create(&writer, NULL, write_all, NULL) == 0);
    read_all();
    pthread_join(writer, NULL);
}

static void in_parts(void)
{
    char one[3], other[4];
    struct iovec out[] = {{"ab", 2}, {"cdefg", 5}};
    struct iovec in[] = {{one, 3}, {other, 4}};
    struct msghdr message = {.msg_iov = in, .msg_iovlen = 2};

    assert(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
    assert(writev(pair[0], out, 2) == 7);
    assert(recv(pair[1], one, 2, MSG_PEEK) == 2 && one[1] == 'b');
    assert(recvmsg(pair[1], &message, MSG_WAITALL) == 7);
    assert(memcmp(one, "abc", 3) == 0 && memcmp(other, "defg", 4) == 0);
    assert(close(pair[0]) == 0 && close(pair[1]) == 0);
}

int main(void)
{
    for (int i = 0; i < SIZE; i++)
        sent[i] = (char)(i * 7 + i / 251);
    assert(pipe(pair) == 0);
    through();
    assert(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
    through();
    in_parts();
    return 0;
}
