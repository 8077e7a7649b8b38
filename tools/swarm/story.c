#include "story.h"

#include <string.h>

static const char *name_of(const struct scene *scene, int name)
{
    return names_text(&scene->history->names, name);
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

static void tell_sold_twice(struct scene *scene, const struct tenures *tenures)
{
    tell(scene, "seat %d sold to ", tenures->first.seat);
    tell_start(scene, &tenures->first);
    tell(scene, " and to ");
    tell_start(scene, &tenures->second);
    tell(scene, ", ");
    tell_end(scene, &tenures->first);
}

// Since when a client holds the seat that it was told is not its own.
static void tell_own_start(struct scene *scene, const struct tenures *tenures,
                           int index)
{
    const struct operation *operation = &scene->history->operations[index];

    for (int i = 0; i < tenures->count; i++) {
        const struct tenure *tenure = &tenures->tenure[i];

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
    struct scene scene = {story, history};
    const struct operation *operation =
        &history->operations[tenures->operation];

    story[0] = '\0';
    if (tenures->conflict == CONFLICT_SOLD_TWICE) {
        tell_sold_twice(&scene, tenures);
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
        tell_own_start(&scene, tenures, tenures->operation);
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
static const struct tenure *holder_during(const struct scene *scene,
                                          const struct tenures *tenures,
                                          int seat,
                                          const struct operation *operation)
{
    for (int i = 0; i < tenures->count; i++) {
        const struct tenure *tenure = &tenures->tenure[i];

        if (tenure->seat == seat && covers(scene, tenure, operation))
            return tenure;
    }
    return NULL;
}

static void tell_seat(struct scene *scene, const struct tenures *tenures,
                      const struct operation *operation)
{
    int seat = operation->verb == MOVE ? operation->to : operation->seat;
    const struct tenure *holder =
        holder_during(scene, tenures, seat, operation);

    if (holder != NULL) {
        tell(scene, ", but seat %d was sold to ", seat);
        tell_start(scene, holder);
        tell(scene, " and still held");
    } else if (operation->outcome == FREE) {
        tell(scene, ", but seat %d was not free at any moment of it", seat);
    } else if (operation->outcome == DONE || operation->outcome == NOT_YOURS) {
        tell(scene, ", but there is no moment when that was possible");
    } else {
        tell(scene, ", but %s did not hold seat %d at any moment of it",
             name_of(scene, operation->holder), seat);
    }
}

// A seat that the map shows free although somebody surely held it. Other
// mistakes of a map show only when all seats are taken together.
static void tell_map(struct scene *scene, const struct tenures *tenures,
                     const struct operation *operation)
{
    for (int seat = 1; seat <= scene->history->seats; seat++) {
        const struct tenure *holder =
            holder_during(scene, tenures, seat, operation);

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
    struct scene scene = {story, history};
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
        tell_map(&scene, tenures, operation);
    } else {
        tell_seat(&scene, tenures, operation);
    }
}

void story_of_doubt(char story[STORY_SIZE], const struct history *history,
                    int index)
{
    struct scene scene = {story, history};

    story[0] = '\0';
    tell(&scene, "in doubt: ");
    tell_request(&scene, &history->operations[index]);
    tell_reply(&scene, &history->operations[index]);
}

void story_of_seat(char story[STORY_SIZE], const struct history *history,
                   int seat, int index)
{
    struct scene scene = {story, history};

    story[0] = '\0';
    tell_request(&scene, &history->operations[index]);
    tell_reply(&scene, &history->operations[index]);
    tell(&scene, ", but no order of the requests about seat %d explains that",
         seat);
}
