#include "telling.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void tell(struct scene *scene, const char *format, ...)
{
    size_t length = strlen(scene->story);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(scene->story + length, STORY_SIZE - length, format, arguments);
    va_end(arguments);
}

// Since the first request.
static double milliseconds(const struct scene *scene, int64_t time)
{
    const struct history *history = scene->history;

    return history->count == 0
               ? (double)time / 1e6
               : (double)(time - history->operations[0].called) / 1e6;
}

void tell_moment(struct scene *scene, int64_t time)
{
    if (!scene->history->timeless)
        tell(scene, " (t=%.3f ms)", milliseconds(scene, time));
}

void tell_time(struct scene *scene, const struct operation *operation,
               const char *request)
{
    double from = milliseconds(scene, operation->called);

    if (scene->history->timeless) {
        if (*request != '\0')
            tell(scene, " (%s)", request);
        return;
    }
    tell(scene, " (%s%s", request, *request != '\0' ? ", " : "");
    if (operation->returned == NEVER)
        tell(scene, "t=%.3f ms, no reply)", from);
    else
        tell(scene, "t=%.3f to %.3f ms)", from,
             milliseconds(scene, operation->returned));
}

void tell_request(struct scene *scene, const struct operation *operation)
{
    char request[32];

    history_request(operation, request, sizeof request);
    tell(scene, "%s's %s", names_text(&scene->history->names, operation->name),
         request);
    tell_time(scene, operation, "");
}

void tell_reply(struct scene *scene, const struct operation *operation)
{
    char reply[SEATS_LIMIT + 8];

    if (operation->outcome == NO_REPLY)
        return;
    history_reply_text(scene->history, operation, reply, sizeof reply);
    tell(scene, " was answered '%s'", reply);
}
