#include "keys.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// As many as the system has: PTHREAD_KEYS_MAX, PTHREAD_DESTRUCTOR_ITERATIONS.
enum { KEYS = 1024, ROUNDS = 4 };

// A key that is deleted and created again is another one.
static struct key {
    bool used;
    uint32_t birth;
    void (*destroy)(void *);
} key_all[KEYS];

static __thread struct {
    uint32_t birth;
    void *value;
} specific[KEYS];

int interleave_pthread_key_create(pthread_key_t *key, void (*destroy)(void *))
{
    for (unsigned i = 0; i < KEYS; i++)
        if (!key_all[i].used) {
            key_all[i].used = true;
            key_all[i].birth++;
            key_all[i].destroy = destroy;
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
    return 0;
}

void *interleave_pthread_getspecific(pthread_key_t key)
{
    return key < KEYS && key_all[key].used &&
                   specific[key].birth == key_all[key].birth
               ? specific[key].value
               : NULL;
}

int interleave_pthread_setspecific(pthread_key_t key, const void *value)
{
    if (key >= KEYS || !key_all[key].used)
        return EINVAL;
    specific[key].birth = key_all[key].birth;
    specific[key].value = (void *)value;
    return 0;
}

static bool destroy_values(void)
{
    bool any = false;

    for (unsigned i = 0; i < KEYS; i++) {
        void *value = interleave_pthread_getspecific(i);

        if (value == NULL || key_all[i].destroy == NULL)
            continue;
        specific[i].value = NULL;
        key_all[i].destroy(value);
        any = true;
    }
    return any;
}

void keys_destroy(void)
{
    for (int round = 0; round < ROUNDS && destroy_values(); round++)
        continue;
}
