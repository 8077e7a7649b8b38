#include "event_story.h"

#include <string.h>

static const char *name_of(const struct scene *scene, int name)
{
    return names_text(&scene->history->names, name);
}

static void tell_line(struct scene *scene, bool sold, int seat, int name)
{
    tell(scene, "'EVENT %s %d %s'", sold ? "SOLD" : "FREE", seat,
         name_of(scene, name));
}

static void tell_event(struct scene *scene, const struct heard *heard)
{
    tell_line(scene, heard->sold, heard->seat, heard->name);
}

// The event that a change is for, in the view of one of its seats.
static void tell_event_of(struct scene *scene,
                          const struct complaint *complaint)
{
    const struct operation *change =
        history_at(scene->history, complaint->change);

    tell_line(scene, history_takes(change, complaint->seat), complaint->seat,
              change->name);
}

static void tell_change(struct scene *scene, const struct complaint *complaint)
{
    tell_request(scene, history_at(scene->history, complaint->change));
}

static void tell_stray(struct scene *scene, const struct stray *stray)
{
    const struct listener *listener =
        listening_find(&scene->history->listening, stray->name);

    tell(scene, "%s got the line '%s'", name_of(scene, stray->name),
         stray->text);
    tell_moment(scene, stray->time);
    if (listener == NULL && strncmp(stray->text, "EVENT ", 6) == 0)
        tell(scene, ", but did not say WATCH");
    else
        tell(scene, ", which is no event and no reply");
}

static void tell_never(struct scene *scene, const struct complaint *complaint)
{
    const struct heard *heard = complaint->heard;

    tell(scene, ", but %s never %s seat %d%s", name_of(scene, heard->name),
         heard->sold ? "got" : "gave", heard->seat, heard->sold ? "" : " up");
}

static void tell_twice(struct scene *scene, const struct complaint *complaint)
{
    tell(scene, ", and the same before");
    tell_moment(scene, complaint->other->time);
    tell(scene, ", but it happened only once");
    if (complaint->change == NO_OPERATION)
        return;
    tell(scene, ": ");
    tell_change(scene, complaint);
}

static void tell_old(struct scene *scene, const struct complaint *complaint)
{
    const struct listener *listener = complaint->hearing->listener;

    tell(scene, ", but ");
    tell_change(scene, complaint);
    tell(scene, " was over before %s said WATCH",
         name_of(scene, listener->name));
    tell_moment(scene, listener->called);
}

static void tell_swapped(struct scene *scene, const struct complaint *complaint)
{
    tell(scene, " before ");
    tell_event(scene, complaint->other);
    tell_moment(scene, complaint->other->time);
    tell(scene, ", but ");
    tell_change(scene, complaint);
    tell(scene, " came first");
}

static void tell_skipped(struct scene *scene, const struct complaint *complaint)
{
    tell(scene, ", but not ");
    tell_event_of(scene, complaint);
    tell(scene, " before it: ");
    tell_change(scene, complaint);
}

// "..., but alice's BOOK 7 (...) had its reply before watcher#3's SOLD (...)".
static void tell_order(struct scene *scene, const struct complaint *complaint)
{
    tell_change(scene, complaint);
    tell(scene, " had its reply before ");
    tell_request(scene, complaint->request);
}

static void tell_lost(struct scene *scene, const struct complaint *complaint)
{
    tell(scene, "%s did not hear ",
         name_of(scene, complaint->hearing->listener->name));
    tell_event_of(scene, complaint);
    tell(scene, ", but ");
    tell_order(scene, complaint);
}

// What was heard, and what is wrong with it.
static void tell_heard(struct scene *scene, const struct complaint *complaint)
{
    tell(scene, "%s heard ",
         name_of(scene, complaint->hearing->listener->name));
    tell_event(scene, complaint->heard);
    tell_moment(scene, complaint->heard->time);
    switch (complaint->fault) {
    case FAULT_UNASKED:
        tell(scene, " before WATCH was answered");
        break;
    case FAULT_NEVER:
        tell_never(scene, complaint);
        break;
    case FAULT_EARLY:
        tell(scene, ", but that happened only later: ");
        tell_change(scene, complaint);
        break;
    case FAULT_OLD:
        tell_old(scene, complaint);
        break;
    case FAULT_TWICE:
        tell_twice(scene, complaint);
        break;
    case FAULT_SWAPPED:
        tell_swapped(scene, complaint);
        break;
    case FAULT_SKIPPED:
        tell_skipped(scene, complaint);
        break;
    default:
        tell(scene, " too late: ");
        tell_order(scene, complaint);
        tell(scene, ", whose reply came first");
    }
}

void story_of_complaint(char story[STORY_SIZE], const struct history *history,
                        const struct complaint *complaint)
{
    struct scene scene = {story, history};

    story[0] = '\0';
    if (complaint->fault == FAULT_DOUBT)
        tell(&scene, "in doubt: the events of seat %d", complaint->seat);
    else if (complaint->fault == FAULT_STRAY)
        tell_stray(&scene, complaint->stray);
    else if (complaint->fault == FAULT_ORDER)
        tell(&scene, "no order of the changes of seat %d explains all events",
             complaint->seat);
    else if (complaint->fault == FAULT_LOST)
        tell_lost(&scene, complaint);
    else
        tell_heard(&scene, complaint);
}
