#include "keys.h"

#include <errno.h>

#include "thread.h"

enum { KEYS = sizeof thread_self->specific / sizeof thread_self->specific[0] };

static struct key {
    bool used;
    void (*destroy)(void *);
} key_all[KEYS];

int interleave_pthread_key_create(pthread_key_t *key, void (*destroy)(void *))
{
    for (unsigned i = 0; i < KEYS; i++)
        if (!key_all[i].used) {
            key_all[i] = (struct key){true, destroy};
            *key = i;
            return 0;
        }
    return EAGAIN;
}

int interleave_pthread_key_delete(pthread_key_t key)
{
    if (key >= KEYS || !key_all[key].used)
        return EINVAL;
    key_all[key].used = false;
    for (int i = 0; i < thread_count; i++)
        thread_all[i]->specific[key] = NULL;
    return 0;
}

void *interleave_pthread_getspecific(pthread_key_t key)
{
    return key < KEYS && thread_self != NULL ? thread_self->specific[key]
                                             : NULL;
}

int interleave_pthread_setspecific(pthread_key_t key, const void *value)
{
    if (key >= KEYS || !key_all[key].used)
        return EINVAL;
    thread_self->specific[key] = (void *)value;
    return 0;
}

void keys_destroy(void)
{
    bool again = true;

    for (int round = 0; again && round < 4; round++) {
        again = false;
        for (int i = 0; i < KEYS; i++) {
            void *value = thread_self->specific[i];

            if (value == NULL || key_all[i].destroy == NULL)
                continue;
            thread_self->specific[i] = NULL;
            key_all[i].destroy(value);
            again = true;
        }
    }
}
