#include "wakeup_tree.h"

#include <stdlib.h>
#include <string.h>

bool event_is_before(const struct event *one, const struct event *other)
{
    return one->number <= other->knows[one->thread];
}

// Where the thread's first step is; the length if it has none there.
static uint32_t find_thread(const struct event *sequence, uint32_t length,
                            int thread)
{
    uint32_t i = 0;

    while (i < length && sequence[i].thread != thread)
        i++;
    return i;
}

bool sequence_may_begin_with(const struct event *sequence, uint32_t length,
                             int thread, const struct touch *touch)
{
    uint32_t first = find_thread(sequence, length, thread);

    for (uint32_t i = 0; i < first; i++)
        if (first < length ? event_is_before(&sequence[i], &sequence[first])
                           : conflict_between(touch, &sequence[i].touch))
            return false;
    return true;
}

// ---- branches ----

// Returns 0 if there is no memory left.
static uint32_t new_branch(struct forest *forest, const struct event *event)
{
    uint32_t number = forest->free;

    if (number != 0) {
        forest->free = forest->branches[number].next;
    } else {
        if (forest->used + 1 >= forest->size) {
            uint32_t size = forest->size > 0 ? 2 * forest->size : 256;
            void *more =
                realloc(forest->branches, size * sizeof *forest->branches);
            if (more == NULL)
                return 0;
            forest->branches = more;
            forest->size = size;
        }
        number = ++forest->used;
    }
    forest->branches[number] =
        (struct branch){.touch = event->touch, .thread = event->thread};
    return number;
}

static void append(struct forest *forest, uint32_t *first, uint32_t parent,
                   uint32_t branch)
{
    struct branch *branches = forest->branches;
    uint32_t last = parent != 0 ? branches[parent].child : *first;

    if (last == 0) {
        *(parent != 0 ? &branches[parent].child : first) = branch;
        return;
    }
    while (branches[last].next != 0)
        last = branches[last].next;
    branches[last].next = branch;
}

// The first of the parent's branches with which the sequence may begin; 0:
// none.
static uint32_t find_branch(const struct forest *forest, uint32_t branch,
                            const struct event *sequence, uint32_t length)
{
    const struct branch *branches = forest->branches;

    while (branch != 0 &&
           !sequence_may_begin_with(sequence, length, branches[branch].thread,
                                    &branches[branch].touch))
        branch = branches[branch].next;
    return branch;
}

static uint32_t remove_step(struct event *sequence, uint32_t length, int thread)
{
    uint32_t at = find_thread(sequence, length, thread);

    if (at == length)
        return length;
    memmove(&sequence[at], &sequence[at + 1],
            (length - at - 1) * sizeof *sequence);
    return length - 1;
}

bool forest_insert(struct forest *forest, uint32_t *first,
                   struct event *sequence, uint32_t length)
{
    uint32_t parent = 0, branch = *first;

    while ((branch = find_branch(forest, branch, sequence, length)) != 0) {
        const struct branch *found = &forest->branches[branch];

        length = remove_step(sequence, length, found->thread);
        if (found->child == 0 || length == 0)
            return true; // what is there already comes to the same
        parent = branch;
        branch = found->child;
    }
    for (uint32_t i = 0; i < length; i++) {
        branch = new_branch(forest, &sequence[i]);
        if (branch == 0)
            return false;
        append(forest, first, parent, branch);
        parent = branch;
    }
    return true;
}

void forest_drop(struct forest *forest, uint32_t branch)
{
    uint32_t child = forest->branches[branch].child;

    while (child != 0) {
        uint32_t next = forest->branches[child].next;
        forest_drop(forest, child);
        child = next;
    }
    forest->branches[branch].next = forest->free;
    forest->free = branch;
}

void forest_release(struct forest *forest)
{
    free(forest->branches);
    *forest = (struct forest){0};
}
