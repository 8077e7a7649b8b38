#include "listening.h"

#include <stdio.h>
#include <stdlib.h>

#include "allocate.h"

void listening_release(struct listening *listening)
{
    for (int i = 0; i < listening->listeners; i++)
        free(listening->listener[i].heard);
    free(listening->listener);
    free(listening->stray);
}

struct listener *listening_add(struct listening *listening, int name)
{
    listening->listener =
        allocate_room(listening->listener, listening->listeners,
                      &listening->listener_room, sizeof *listening->listener);
    struct listener *listener = &listening->listener[listening->listeners++];
    *listener = (struct listener){
        .name = name, .called = INT64_MAX, .answered = INT64_MAX};
    return listener;
}

struct listener *listening_find(const struct listening *listening, int name)
{
    for (int i = listening->listeners - 1; i >= 0; i--)
        if (listening->listener[i].name == name)
            return &listening->listener[i];
    return NULL;
}

void listening_hear(struct listener *listener, const struct heard *heard)
{
    listener->heard = allocate_room(listener->heard, listener->count,
                                    &listener->capacity, sizeof *heard);
    listener->heard[listener->count++] = *heard;
}

void listening_stray(struct listening *listening, int name, int64_t time,
                     const char *text)
{
    listening->stray =
        allocate_room(listening->stray, listening->strays,
                      &listening->stray_room, sizeof *listening->stray);
    struct stray *stray = &listening->stray[listening->strays++];
    stray->name = name;
    stray->time = time;
    snprintf(stray->text, sizeof stray->text, "%s", text);
    for (char *c = stray->text; *c != '\0'; c++)
        if (*c < ' ' || *c > '~')
            *c = '?';
}
