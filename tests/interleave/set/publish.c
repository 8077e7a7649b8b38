// Bug: the flag that says "the message is there" is set before the message.
#include "threads.h"

static int message, is_there;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void begin(void)
{
#ifdef FIXED
    pthread_mutex_lock(&lock);
#endif
}

static void end(void)
{
#ifdef FIXED
    pthread_mutex_unlock(&lock);
#endif
}

static void *send(void *argument)
{
    begin();
    is_there = 1;
    message = 42;
    end();
    return argument;
}

static void *receive(void *argument)
{
    begin();
    if (is_there)
        assert(message == 42);
    end();
    return argument;
}

int main(void)
{
    (void)lock;
    start(send, 0);
    start_many(receive, 2);
    join_all();
    return 0;
}
