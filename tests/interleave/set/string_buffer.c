// Bug: the length of the other buffer is asked in one critical section, and its
// text is copied in another: it may have become shorter.
#include <string.h>

#include "threads.h"

struct buffer {
    char *text;
    size_t length;
    pthread_mutex_t lock;
};

static struct buffer source = {.lock = PTHREAD_MUTEX_INITIALIZER};
static char target[16];

static void *append(void *argument)
{
    pthread_mutex_lock(&source.lock);
    size_t length = source.length;
#ifndef FIXED
    pthread_mutex_unlock(&source.lock);
    pthread_mutex_lock(&source.lock);
#endif
    assert(length <= source.length);
    memcpy(target, source.text, length);
    pthread_mutex_unlock(&source.lock);
    return argument;
}

static void *cut(void *argument)
{
    pthread_mutex_lock(&source.lock);
    source.length = 2;
    source.text[2] = '\0';
    pthread_mutex_unlock(&source.lock);
    return argument;
}

int main(void)
{
    source.text = malloc(8);
    strcpy(source.text, "theatre");
    source.length = 7;
    start(append, 0);
    start(cut, 0);
    join_all();
    free(source.text);
    return 0;
}
