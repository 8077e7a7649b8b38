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

enum { NAMES_LIMIT = 64, NAME_SIZE = 252 }; // NAME_MAX - 3

static struct named {
    char name[NAME_SIZE];
    bool linked; // the name leads to it
    sem_t semaphore;
} named_all[NAMES_LIMIT];
static int count;

static struct named *find(const char *name)
{
    for (int i = 0; i < count; i++)
        if (named_all[i].linked && strcmp(named_all[i].name, name) == 0)
            return &named_all[i];
    return NULL;
}

static sem_t *fail(int error)
{
    errno = error;
    return SEM_FAILED;
}

static sem_t *create(const char *name, unsigned value)
{
    if (strlen(name) >= NAME_SIZE)
        return fail(ENAMETOOLONG);
    if (value > SEM_VALUE_MAX)
        return fail(EINVAL);
    if (count == NAMES_LIMIT)
        return fail(ENFILE);
    struct named *new = &named_all[count++];
    strcpy(new->name, name);
    new->linked = true;
    object_renew(&new->semaphore)->count = (int)value;
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
    if (named != NULL)
        return (flags & O_CREAT) && (flags & O_EXCL) ? fail(EEXIST)
                                                     : &named->semaphore;
    return flags & O_CREAT ? create(name, value) : fail(ENOENT);
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
    return run_is_over ? sem_close(semaphore) : 0;
}
