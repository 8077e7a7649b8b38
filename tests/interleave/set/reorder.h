// Bug: setters write a, then b, and nothing keeps the checker from looking in
// between.
#include "threads.h"

static int a, b;
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

static void *set(void *argument)
{
    begin();
    a = 1;
    b = 1;
    end();
    return argument;
}

static void *check(void *argument)
{
    begin();
    int seen_a = a;
    int seen_b = b;
    end();
    assert(!(seen_a == 1 && seen_b == 0));
    return argument;
}

int main(void)
{
    (void)lock;
    start_many(set, THREADS - 1);
    start(check, 0);
    join_all();
    return 0;
}
