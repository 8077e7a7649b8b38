// Selectively uniform random walk: Zhao, Wolff, Mathur and Roychoudhury,
// "Selectively Uniform Concurrency Testing", ASPLOS 2025.
//
// One object is chosen for the run, and every order of the accesses to it is to
// be as likely as any other. So a thread is drawn by the number of accesses
// that it and the threads that it has yet to create still have to come: the
// intended one. Whoever else is about to touch the object is held back; all
// other events go by random priorities, as in POS.
#include "profile.h"
#include "run.h"
#include "way.h"

enum { NOBODY = -1, NOTHING = -1 };

static int object; // that was chosen
// How often each thread still touches it, by the mean of all runs; in units of
// 1 / runs.
static int64_t left[THREADS_LIMIT];
static int64_t runs;
static int known;    // threads in earlier runs
static int intended; // may not have been created yet

// ---- choosing the object ----

static uint64_t touches_of(int number)
{
    uint64_t sum = 0;

    for (int i = 0; i < THREADS_LIMIT; i++)
        sum += (uint64_t)profile_count(number, i);
    return sum;
}

// One of those that several threads touch: by how often they do, as in the
// paper, or every other time all alike, since the bug may be in one that is
// touched seldom.
static void choose_object(void)
{
    bool all_alike = way_draw_below(2) == 0;
    uint64_t total = 0;

    object = NOTHING;
    for (int i = 0; i < profile_objects(); i++)
        if (profile_is_shared(i)) {
            uint64_t weight = all_alike ? 1 : touches_of(i);
            total += weight;
            if (way_draw_below(total) < weight)
                object = i;
        }
}

// ---- the intended thread ----

// Drawn by what is left to each.
static void intend(void)
{
    uint64_t total = 0;

    intended = NOBODY;
    for (int i = 0; i < known; i++) {
        total += (uint64_t)left[i];
        if (left[i] > 0 && way_draw_below(total) < (uint64_t)left[i])
            intended = i;
    }
}

static bool is_gone(int thread)
{
    return thread < thread_count && thread_all[thread]->finished;
}

// Whether it is the intended thread, or one that has to go on for that one to
// be created.
static bool leads_to_intended(int thread)
{
    for (int i = intended; i >= 0; i = profile_parent(i)) {
        if (i == thread)
            return true;
        if (i < thread_count || i == profile_parent(i))
            return false;
    }
    return false;
}

static bool touches(const struct thread *thread)
{
    return object != NOTHING && profile_object(&thread->op) == object;
}

static bool is_held_back(const struct thread *thread)
{
    return intended != NOBODY && touches(thread) &&
           !leads_to_intended(thread->number);
}

static void begin(void)
{
    choose_object();
    runs = profile_runs();
    known = 0;
    for (int i = 0; object != NOTHING && i < THREADS_LIMIT; i++) {
        left[i] = profile_count(object, i);
        if (left[i] > 0)
            known = i + 1;
    }
    intend();
}

// Nobody but those who are held back can go on: one of them is intended.
static void intend_one_of(struct thread *enabled[], int count)
{
    uint64_t total = 0;

    for (int i = 0; i < count; i++) {
        uint64_t weight = (uint64_t)left[enabled[i]->number] + 1;
        total += weight;
        if (way_draw_below(total) < weight)
            intended = enabled[i]->number;
    }
}

static struct thread *pick(struct thread *enabled[], int count)
{
    struct thread *free[THREADS_LIMIT];
    int free_count = 0;

    while (intended != NOBODY && is_gone(intended)) {
        left[intended] = 0;
        intend();
    }
    for (int i = 0; i < count; i++)
        if (!is_held_back(enabled[i]))
            free[free_count++] = enabled[i];
    if (free_count > 0)
        return way_pos.pick(free, free_count);
    intend_one_of(enabled, count);
    return thread_all[intended];
}

static void done(struct thread *thread)
{
    if (touches(thread)) {
        int64_t *mine = &left[thread->number];
        *mine = *mine > runs ? *mine - runs : 0;
        intend();
    }
    way_pos.done(thread);
}

const struct way way_surw = {.begin = begin, .pick = pick, .done = done};
