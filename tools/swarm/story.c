#include "story.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// What the story is about.
struct scene {
    char *story;
    const struct history *history;
    const struct tenures *tenures;
};

static void tell(struct scene *scene, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Adds to the story.
static void tell(struct scene *scene, const char *format, ...)
{
    size_t length = strlen(scene->story);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(scene->story + length, STORY_SIZE - length, format, arguments);
    va_end(arguments);
}

static const char *name_of(const struct scene *scene, int name)
{
    return names_text(&scene->history->names, name);
}

// Milliseconds since the first request.
static double milliseconds(const struct scene *scene, int64_t time)
{
    return (double)(time - scene->history->operations[0].called) / 1e6;
}

// " (t=1.2 to 1.4 ms)": when, and, if it is not empty, with which request. A
// history without times has nothing to say of when.
static void tell_time(struct scene *scene, const struct operation *operation,
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

// "alice (t=1.2 to 1.4 ms)": by whom and when a tenure was started. A BOOK goes
// without saying.
static void tell_start(struct scene *scene, const struct tenure *tenure)
{
    char request[32] = "";

    tell(scene, "%s", name_of(scene, tenure->name));
    if (tenure->start == NO_OPERATION) {
        tell(scene, " (before the first request)");
        return;
    }
    const struct operation *start = &scene->history->operations[tenure->start];
    if (start->verb != BOOK)
        history_request(start, request, sizeof request);
    tell_time(scene, start, request);
}

static void tell_end(struct scene *scene, const struct tenure *tenure)
{
    if (tenure->end == NO_OPERATION) {
        tell(scene, "nobody cancelled");
        return;
    }
    tell(scene, "and %s gave it up only later", name_of(scene, tenure->name));
    tell_time(scene, &scene->history->operations[tenure->end], "");
}

static void tell_sold_twice(struct scene *scene)
{
    const struct tenures *tenures = scene->tenures;

    tell(scene, "seat %d sold to ", tenures->first.seat);
    tell_start(scene, &tenures->first);
    tell(scene, " and to ");
    tell_start(scene, &tenures->second);
    tell(scene, ", ");
    tell_end(scene, &tenures->first);
}

static void tell_request(struct scene *scene, const struct operation *operation)
{
    char request[32];

    history_request(operation, request, sizeof request);
    tell(scene, "%s's %s", name_of(scene, operation->name), request);
    tell_time(scene, operation, "");
}

static void tell_reply(struct scene *scene, const struct operation *operation)
{
    char reply[SEATS_LIMIT + 8];

    history_reply_text(scene->history, operation, reply, sizeof reply);
    tell(scene, " was answered '%s'", reply);
}

// Since when a client holds the seat that it was told is not its own.
static void tell_own_start(struct scene *scene, int index)
{
    const struct operation *operation = &scene->history->operations[index];

    for (int i = 0; i < scene->tenures->count; i++) {
        const struct tenure *tenure = &scene->tenures->tenure[i];

        if (tenure->seat == operation->seat &&
            tenure->name == operation->name &&
            (tenure->start == NO_OPERATION || tenure->start < index) &&
            (tenure->end == NO_OPERATION || tenure->end > index)) {
            tell(scene, ", but the seat was sold to ");
            tell_start(scene, tenure);
        }
    }
}

void story_of_conflict(char story[STORY_SIZE], const struct history *history,
                       const struct tenures *tenures)
{
    struct scene scene = {story, history, tenures};
    const struct operation *operation =
        &history->operations[tenures->operation];

    story[0] = '\0';
    if (tenures->conflict == CONFLICT_SOLD_TWICE) {
        tell_sold_twice(&scene);
        return;
    }
    tell_request(&scene, operation);
    tell_reply(&scene, operation);
    if (tenures->conflict == CONFLICT_STRANGE)
        tell(&scene, ", which is no answer to that request");
    else if (tenures->conflict == CONFLICT_SOLD_AGAIN)
        tell(&scene, ", but %s held that seat already",
             name_of(&scene, operation->name));
    else if (tenures->conflict == CONFLICT_NEVER_HELD)
        tell(&scene, ", but %s did not hold seat %d",
             name_of(&scene, operation->name), operation->seat);
    else
        tell_own_start(&scene, tenures->operation);
}

// Whether the tenure surely or possibly covers the whole operation or a part.
static bool covers(const struct scene *scene, const struct tenure *tenure,
                   const struct operation *operation)
{
    const struct operation *operations = scene->history->operations;

    return (tenure->start == NO_OPERATION ||
            operations[tenure->start].returned <= operation->called) &&
           (tenure->end == NO_OPERATION ||
            operations[tenure->end].called >= operation->returned);
}

// Who surely held the seat during the whole operation; NULL: nobody.
static const struct tenure *holder_during(const struct scene *scene, int seat,
                                          const struct operation *operation)
{
    for (int i = 0; i < scene->tenures->count; i++) {
        const struct tenure *tenure = &scene->tenures->tenure[i];

        if (tenure->seat == seat && covers(scene, tenure, operation))
            return tenure;
    }
    return NULL;
}

static void tell_seat(struct scene *scene, const struct operation *operation)
{
    int seat = operation->verb == MOVE ? operation->to : operation->seat;
    const struct tenure *holder = holder_during(scene, seat, operation);

    if (holder != NULL) {
        tell(scene, ", but seat %d was sold to ", seat);
        tell_start(scene, holder);
        tell(scene, " and still held");
    } else if (operation->outcome == FREE) {
        tell(scene, ", but seat %d was not free at any moment of it", seat);
    } else if (operation->outcome == DONE) {
        tell(scene, ", but there is no moment when that was possible");
    } else {
        tell(scene, ", but %s did not hold seat %d at any moment of it",
             name_of(scene, operation->holder), seat);
    }
}

// A seat that the map shows free although somebody surely held it. Other
// mistakes of a map show only when all seats are taken together.
static void tell_map(struct scene *scene, const struct operation *operation)
{
    for (int seat = 1; seat <= scene->history->seats; seat++) {
        const struct tenure *holder = holder_during(scene, seat, operation);

        if (holder != NULL && !history_pictured(operation, seat)) {
            tell(scene, ", but seat %d was sold to ", seat);
            tell_start(scene, holder);
            return;
        }
    }
    tell(scene, ", but the house never looked like that at one moment");
}

static void tell_range(struct scene *scene, struct range range)
{
    if (range.low == range.high)
        tell(scene, ", but %d seats were held then", range.low);
    else
        tell(scene, ", but %d to %d seats were held then", range.low,
             range.high);
}

void story_of_stuck(char story[STORY_SIZE], const struct history *history,
                    const struct tenures *tenures, const struct bounds *bounds,
                    int index)
{
    struct scene scene = {story, history, tenures};
    const struct operation *operation = &history->operations[index];

    story[0] = '\0';
    tell_request(&scene, operation);
    tell_reply(&scene, operation);
    if (operation->outcome == COUNT) {
        struct range range = bounds_during(bounds, operation);

        if (operation->count < range.low || operation->count > range.high)
            tell_range(&scene, range);
        else
            tell(&scene, ", but no order of the requests gives that number");
    } else if (operation->outcome == PICTURE) {
        tell_map(&scene, operation);
    } else {
        tell_seat(&scene, operation);
    }
}

void story_of_doubt(char story[STORY_SIZE], const struct history *history,
                    int index)
{
    struct scene scene = {story, history, NULL};

    story[0] = '\0';
    tell(&scene, "in doubt: ");
    tell_request(&scene, &history->operations[index]);
    tell_reply(&scene, &history->operations[index]);
}
