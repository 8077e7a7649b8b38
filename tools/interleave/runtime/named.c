// semaphores with names: sem_overview(7).
//
// They are kept here, not in the file system, so that each run begins without
// any. What other processes post to is not seen.
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>
#include <stdarg.h>
#include <string.h>

#include "object.h"
#include "run.h"

enum { NAMES_LIMIT = 256, NAME_SIZE = 252 }; // NAME_MAX - 3

static struct named {
    char name[NAME_SIZE];
    bool linked; // the name leads to it
    int opened;  // so often, and not closed since
    sem_t semaphore;
} named_all[NAMES_LIMIT];

static struct named *find(const char *name)
{
    for (int i = 0; i < NAMES_LIMIT; i++)
        if (named_all[i].linked && strcmp(named_all[i].name, name) == 0)
            return &named_all[i];
    return NULL;
}

static sem_t *fail(int error)
{
    errno = error;
    return SEM_FAILED;
}

// A place that no name leads to and nobody has open.
static struct named *find_free(void)
{
    for (int i = 0; i < NAMES_LIMIT; i++)
        if (!named_all[i].linked && named_all[i].opened == 0)
            return &named_all[i];
    run_end(FINDING_UNJUDGED, "more than %d semaphores with names",
            NAMES_LIMIT);
}

static sem_t *create(const char *name, unsigned value)
{
    if (strlen(name) >= NAME_SIZE)
        return fail(ENAMETOOLONG);
    if (value > SEM_VALUE_MAX)
        return fail(EINVAL);
    struct named *new = find_free();
    struct object *object = object_renew(&new->semaphore);
    strcpy(new->name, name);
    new->linked = object->sync = object->typed = true;
    new->opened = 1;
    object->count = (int)value;
    return &new->semaphore;
}

sem_t *interleave_sem_open(const char *name, int flags, ...)
{
    va_list more;

    va_start(more, flags);
    mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    unsigned value = flags & O_CREAT ? va_arg(more, unsigned) : 0;
    va_end(more);
    if (run_is_over)
        return sem_open(name, flags, mode, value);
    struct named *named = find(name);
    if (named == NULL)
        return flags & O_CREAT ? create(name, value) : fail(ENOENT);
    if ((flags & O_CREAT) && (flags & O_EXCL))
        return fail(EEXIST);
    named->opened++;
    return &named->semaphore;
}

int interleave_sem_unlink(const char *name)
{
    if (run_is_over)
        return sem_unlink(name);
    struct named *named = find(name);

    if (named == NULL) {
        errno = ENOENT;
        return -1;
    }
    named->linked = false;
    return 0;
}

int interleave_sem_close(sem_t *semaphore)
{
    if (run_is_over)
        return sem_close(semaphore);
    for (int i = 0; i < NAMES_LIMIT; i++)
        if (&named_all[i].semaphore == semaphore && named_all[i].opened > 0) {
            named_all[i].opened--;
            return 0;
        }
    errno = EINVAL;
    return -1;
}
