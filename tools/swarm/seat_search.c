#include "seat_search.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "allocate.h"
#include "following.h"
#include "tenures.h"

// First, and in the end.
static const struct effort efforts[] = {{0, 50, false},
                                        {0, 50, true},
                                        {1, 200, true},
                                        {3, 1000, true},
                                        {INT_MAX, INT_MAX, true}};
enum { EFFORTS = sizeof efforts / sizeof efforts[0] };

// More effort is made only about the time where a search failed; so often, it
// is tried again.
enum { BRIEF = 3, THOROUGH = 40 };

// What is old: as long ago as so many requests take, one after the other or in
// the course of the history.
enum { OLD_AFTER = 1000 };

static int64_t old_after(const struct history *history)
{
    int64_t waited = 0, last = history_at(history, history->count - 1)->called;
    int64_t lasted = last - history_at(history, 0)->called;

    for (int i = 0; i < history->count; i++)
        if (history_at(history, i)->returned != NEVER)
            waited += history_at(history, i)->returned -
                      history_at(history, i)->called;
    return (waited > lasted ? waited : lasted) / history->count * OLD_AFTER;
}

static void init(struct following *search)
{
    const struct timeline *timeline = &search->timeline;
    int open = timeline->open, together = timeline->together;

    search->heard_at = (open + 63) / 64;
    search->used_at = search->heard_at + together;
    search->words = search->used_at + (timeline->optional + 63) / 64;
    search->words += search->words == 0;
    search->now = search->next = search->work =
        (struct ways){.words = search->words, .used_at = search->used_at};
    search->open = allocate_array((size_t)open, sizeof *search->open);
    search->listening =
        allocate_array((size_t)together, sizeof *search->listening);
    size_t lists = (size_t)search->history->names.count + 1;
    search->first = allocate_array(lists, sizeof *search->first);
    search->after = allocate_array((size_t)timeline->acts, sizeof(int));
    search->like = allocate_array((size_t)timeline->acts, sizeof(int));
    memset(search->first, 0xff, lists * sizeof *search->first);
    search->scratch =
        allocate_array((size_t)search->words, sizeof *search->scratch);
    memset(search->open, 0xff, (size_t)open * sizeof *search->open);
    memset(search->listening, 0xff,
           (size_t)together * sizeof *search->listening);
    search->effort = efforts[0];
    search->old_after = old_after(search->history);
    ways_add(&search->now,
             (struct way){search->history->initial[search->seat], -1, 0},
             search->scratch);
}

static void finish(struct following *search)
{
    timeline_release(&search->timeline);
    free(search->open);
    free(search->listening);
    free(search->first);
    free(search->after);
    free(search->like);
    free(search->scratch);
    free(search->deed);
    ways_release(&search->now);
    ways_release(&search->next);
    ways_release(&search->work);
}

// Of the ways that are left, one that used the fewest optional acts.
static int choose(const struct following *search)
{
    int best = 0, fewest = -1;

    for (int i = 0; i < search->now.count; i++) {
        const uint64_t *words = ways_words(&search->now, i);
        int used = 0;

        for (int j = search->used_at; j < search->words; j++)
            used += __builtin_popcountll(words[j]);
        if (fewest < 0 || used < fewest) {
            fewest = used;
            best = i;
        }
    }
    return best;
}

// The changes on the way, from the last one back to the first. None was before
// one that comes earlier was called, nor after one that comes later.
static void keep(const struct following *search, struct seat_order *order)
{
    int last = search->now.way[choose(search)].last;
    int64_t from = INT64_MIN;

    for (int deed = last; deed >= 0; deed = search->deed[deed].before)
        order->count++;
    order->carried =
        allocate_array((size_t)order->count, sizeof *order->carried);
    int place = order->count;
    for (int deed = last; deed >= 0; deed = search->deed[deed].before)
        order->carried[--place] = (struct carried){search->deed[deed].operation,
                                                   0, search->deed[deed].time};
    for (int i = 0; i < order->count; i++) {
        int64_t called =
            history_at(search->history, order->carried[i].operation)->called;

        if (called > from)
            from = called;
        order->carried[i].from = from;
    }
}

static struct effort effort_at(const struct following *search, int64_t time)
{
    int effort = luck_changes(search->hard, time);

    return efforts[effort < EFFORTS ? effort : EFFORTS - 1];
}

// If the result is not SEAT_FOUND, *time is where no way went on.
static enum seat_result run(struct following *search, struct seat_order *order,
                            int64_t *time)
{
    for (int i = 0; i < search->timeline.moments; i++) {
        const struct moment *moment = &search->timeline.moment[i];

        search->effort = effort_at(search, moment->time);
        if (following_pass(search, moment))
            continue;
        *time = moment->time;
        order->stuck = moment->kind == RETURNED
                           ? search->timeline.act[moment->index].operation
                           : NO_OPERATION;
        return search->left_out || search->steps >= FOLLOWING_PATIENCE
                   ? SEAT_GAVE_UP
                   : SEAT_IMPOSSIBLE;
    }
    keep(search, order);
    return SEAT_FOUND;
}

static enum seat_result try_once(struct seat_order *order,
                                 const struct seat_question *question,
                                 const struct luck *hard, int64_t *time)
{
    struct following search = {.history = question->history,
                               .hearing = question->hearing,
                               .seat = question->seat,
                               .luck = question->luck,
                               .hard = hard};

    timeline_init(&search.timeline, question->history, question->hearing,
                  question->wish, question->seat);
    init(&search);
    enum seat_result result = run(&search, order, time);
    finish(&search);
    return result;
}

// Tries it again with more effort where it failed, until that does not help.
static enum seat_result try_locally(struct seat_order *order,
                                    const struct seat_question *question,
                                    struct luck *hard)
{
    enum seat_result result = SEAT_GAVE_UP;
    int tries = question->brief ? BRIEF : THOROUGH;
    int64_t time = 0;

    for (int i = 0; i < tries && result == SEAT_GAVE_UP; i++) {
        if (i > 0)
            luck_change(hard, time);
        result = try_once(order, question, hard, &time);
        if (luck_changes(hard, time) >= EFFORTS)
            break;
    }
    return result;
}

enum seat_result seat_search(struct seat_order *order,
                             const struct seat_question *question)
{
    const struct history *history = question->history;
    struct luck hard;
    int64_t time;

    *order = (struct seat_order){.stuck = NO_OPERATION};
    if (history->count == 0)
        return SEAT_FOUND;
    luck_init(&hard, history_at(history, 0)->called,
              history_at(history, history->count - 1)->called, history->count);
    enum seat_result result = try_locally(order, question, &hard);
    for (int i = 1; i < EFFORTS && result == SEAT_GAVE_UP && !question->brief;
         i++) {
        luck_set(&hard, i);
        result = try_once(order, question, &hard, &time);
    }
    return result;
}
