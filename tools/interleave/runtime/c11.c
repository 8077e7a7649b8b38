// C11 threads (7.26): the same as pthreads, by other names.
#include <errno.h>
#include <stdlib.h>
#include <threads.h>
#include <time.h>

#include "baton.h"
#include "condition.h"
#include "lifetime.h"
#include "mutex.h"
#include "once.h"
#include "run.h"

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

void interleave_pthread_exit(void *result);
int interleave_pthread_mutex_trylock(pthread_mutex_t *mutex);
int interleave_pthread_key_create(pthread_key_t *key, void (*destroy)(void *));
int interleave_pthread_key_delete(pthread_key_t key);
void *interleave_pthread_getspecific(pthread_key_t key);
int interleave_pthread_setspecific(pthread_key_t key, const void *value);

struct task {
    thrd_start_t start;
    void *argument;
};

static void *perform(void *argument)
{
    struct task task = *(struct task *)argument;

    free(argument);
    return (void *)(intptr_t)task.start(task.argument);
}

static int in_c11(int error)
{
    switch (error) {
    case 0:
        return thrd_success;
    case EBUSY:
        return thrd_busy;
    case ETIMEDOUT:
        return thrd_timedout;
    case ENOMEM:
        return thrd_nomem;
    default:
        return thrd_error;
    }
}

int interleave_thrd_create(thrd_t *id, thrd_start_t start, void *argument)
{
    struct task *task = malloc(sizeof *task);

    if (task == NULL)
        return thrd_nomem;
    *task = (struct task){start, argument};
    return in_c11(thread_create(id, NULL, perform, task, CALLER));
}

int interleave_thrd_join(thrd_t id, int *result)
{
    void *value;
    int error = thread_join(id, &value, CALLER);

    if (error == 0 && result != NULL)
        *result = (int)(intptr_t)value;
    return in_c11(error);
}

int interleave_thrd_detach(thrd_t id)
{
    return in_c11(thread_detach(id, CALLER));
}

void interleave_thrd_exit(int result)
{
    interleave_pthread_exit((void *)(intptr_t)result);
}

int interleave_mtx_init(mtx_t *mutex, int type)
{
    struct object *object = lifetime_begin(mutex, CALLER);

    if (run_is_over)
        return mtx_init(mutex, type);
    object->type =
        type & mtx_recursive ? PTHREAD_MUTEX_RECURSIVE : PTHREAD_MUTEX_NORMAL;
    return thrd_success;
}

void interleave_mtx_destroy(mtx_t *mutex)
{
    lifetime_end(mutex, CALLER);
}

int interleave_mtx_lock(mtx_t *mutex)
{
    return run_is_over
               ? mtx_lock(mutex)
               : in_c11(mutex_lock(lifetime_use(mutex, CALLER), CALLER));
}

int interleave_mtx_trylock(mtx_t *mutex)
{
    return run_is_over
               ? mtx_trylock(mutex)
               : in_c11(mutex_try_lock(lifetime_use(mutex, CALLER), CALLER));
}

int interleave_mtx_timedlock(mtx_t *mutex, const struct timespec *until)
{
    return run_is_over ? mtx_timedlock(mutex, until)
                       : in_c11(mutex_timed_lock(lifetime_use(mutex, CALLER),
                                                 until, CALLER));
}

int interleave_mtx_unlock(mtx_t *mutex)
{
    return run_is_over
               ? mtx_unlock(mutex)
               : in_c11(mutex_unlock(lifetime_use(mutex, CALLER), CALLER));
}

int interleave_cnd_init(cnd_t *condition)
{
    lifetime_begin(condition, CALLER);
    return thrd_success;
}

void interleave_cnd_destroy(cnd_t *condition)
{
    lifetime_end(condition, CALLER);
}

int interleave_cnd_wait(cnd_t *condition, mtx_t *mutex)
{
    return in_c11(condition_wait(lifetime_use(condition, CALLER),
                                 lifetime_use(mutex, CALLER), NULL, CALLER));
}

int interleave_cnd_timedwait(cnd_t *condition, mtx_t *mutex,
                             const struct timespec *until)
{
    return in_c11(condition_wait(lifetime_use(condition, CALLER),
                                 lifetime_use(mutex, CALLER), until, CALLER));
}

int interleave_cnd_signal(cnd_t *condition)
{
    condition_signal(lifetime_use(condition, CALLER), false, CALLER);
    return thrd_success;
}

int interleave_cnd_broadcast(cnd_t *condition)
{
    condition_signal(lifetime_use(condition, CALLER), true, CALLER);
    return thrd_success;
}

void interleave_call_once(once_flag *flag, void (*routine)(void))
{
    if (run_is_over)
        call_once(flag, routine);
    else
        once(object_at(flag), routine, CALLER);
}

int interleave_tss_create(tss_t *key, tss_dtor_t destroy)
{
    return in_c11(interleave_pthread_key_create(key, destroy));
}

void interleave_tss_delete(tss_t key)
{
    interleave_pthread_key_delete(key);
}

void *interleave_tss_get(tss_t key)
{
    return interleave_pthread_getspecific(key);
}

int interleave_tss_set(tss_t key, void *value)
{
    return in_c11(interleave_pthread_setspecific(key, value));
}
