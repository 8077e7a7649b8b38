#include "conflict.h"

enum kind {
    ALONE, // concerns nobody else
    MEMORY,
    LOCK,
    CONDITION,
    SEMAPHORE,
    BARRIER,
    ONCE,
    THREAD,
    PROCESS,
    INPUT_OUTPUT,
    LIFETIME, // of an object of the kinds above
};

static const uint8_t kinds[DEEDS] = {
    [DEED_START] = THREAD,         [DEED_READ] = MEMORY,
    [DEED_WRITE] = MEMORY,         [DEED_ATOMIC_READ] = MEMORY,
    [DEED_ATOMIC_WRITE] = MEMORY,  [DEED_ATOMIC_UPDATE] = MEMORY,
    [DEED_CREATE] = THREAD,        [DEED_JOIN] = THREAD,
    [DEED_DETACH] = THREAD,        [DEED_FINISH] = THREAD,
    [DEED_EXIT] = PROCESS,         [DEED_LOCK] = LOCK,
    [DEED_TRY_LOCK] = LOCK,        [DEED_UNLOCK] = LOCK,
    [DEED_READ_LOCK] = LOCK,       [DEED_READ_UNLOCK] = LOCK,

    [DEED_WAIT] = CONDITION,       [DEED_WAKE] = CONDITION,
    [DEED_WAKE_EARLY] = CONDITION, [DEED_SIGNAL] = CONDITION,
    [DEED_BROADCAST] = CONDITION,  [DEED_ARRIVE] = BARRIER,
    [DEED_LEAVE] = BARRIER,        [DEED_ACQUIRE] = SEMAPHORE,
    [DEED_RELEASE] = SEMAPHORE,    [DEED_ONCE] = ONCE,
    [DEED_NAME] = ALONE,           [DEED_YIELD] = ALONE,
    [DEED_ENTER] = ALONE,          [DEED_SLEEP] = ALONE,
    [DEED_INPUT] = INPUT_OUTPUT,   [DEED_OUTPUT] = INPUT_OUTPUT,
    [DEED_ACCEPT] = INPUT_OUTPUT,  [DEED_CONNECT] = INPUT_OUTPUT,
    [DEED_POLL] = INPUT_OUTPUT,    [DEED_REGISTER] = INPUT_OUTPUT,
    [DEED_LISTEN] = INPUT_OUTPUT,  [DEED_OPEN] = INPUT_OUTPUT,
    [DEED_CLOSE] = INPUT_OUTPUT,   [DEED_SHUT] = INPUT_OUTPUT,
    [DEED_MAKE] = LIFETIME,        [DEED_DESTROY] = LIFETIME,
};

static enum kind kind_of(enum deed deed)
{
    return (enum kind)kinds[deed];
}

// ---- what both kinds of steps on one object are to each other ----

static bool writes(enum deed deed)
{
    return deed == DEED_WRITE || deed == DEED_ATOMIC_WRITE ||
           deed == DEED_ATOMIC_UPDATE;
}

static bool overlap(const struct touch *one, const struct touch *other)
{
    return one->object < other->object + other->size &&
           other->object < one->object + one->size;
}

static bool signals(enum deed deed)
{
    return deed == DEED_SIGNAL || deed == DEED_BROADCAST;
}

static bool wakes(enum deed deed)
{
    return deed == DEED_WAKE || deed == DEED_WAKE_EARLY;
}

static bool is_readers(enum deed deed)
{
    return deed == DEED_READ_LOCK || deed == DEED_READ_UNLOCK;
}

// Signals commute, and so do waits: what matters is which of a signal and a
// wait comes first, and who takes a signal.
static bool conflict_at_condition(enum deed one, enum deed other)
{
    return signals(one) != signals(other) || (wakes(one) && wakes(other));
}

static bool on_one_object(enum kind kind, enum deed one, enum deed other)
{
    switch (kind) {
    case LOCK:
        return !is_readers(one) || !is_readers(other);
    case CONDITION:
        return conflict_at_condition(one, other);
    case SEMAPHORE:
        return one != DEED_RELEASE || other != DEED_RELEASE;
    case BARRIER:
        return one != DEED_LEAVE || other != DEED_LEAVE;
    default:
        return true;
    }
}

// ---- the two questions ----

// The mutex that a step takes or gives up; 0: none.
static uint64_t mutex_of(const struct touch *touch)
{
    switch (kind_of(touch->deed)) {
    case LOCK:
        return touch->object;
    case CONDITION:
        return touch->second;
    default:
        return 0;
    }
}

static bool share_mutex(const struct touch *one, const struct touch *other)
{
    return mutex_of(one) != 0 && mutex_of(one) == mutex_of(other) &&
           on_one_object(LOCK, one->deed, other->deed);
}

// poll looks at many connections; a listener that goes takes many with it.
static bool looks_everywhere(const struct touch *touch)
{
    return touch->deed == DEED_POLL ||
           (touch->deed == DEED_SHUT && touch->object == OBJECT_DOORS);
}

static bool opens(const struct touch *touch)
{
    return touch->deed == DEED_OPEN || touch->deed == DEED_ACCEPT;
}

// Which number is free depends on who has opened and closed what before.
static bool changes_numbers(const struct touch *touch)
{
    return opens(touch) || touch->deed == DEED_CLOSE;
}

// Whether the number of a descriptor is one that the other step gets: what used
// it before has used something else.
static bool gets_number(const struct touch *touch, uint64_t number)
{
    return opens(touch) && number >= touch->second &&
           number < touch->second + touch->size * sizeof(void *);
}

static bool share_number(const struct touch *one, const struct touch *other)
{
    return (changes_numbers(one) && changes_numbers(other)) ||
           gets_number(one, other->object) || gets_number(one, other->second) ||
           gets_number(other, one->object) || gets_number(other, one->second);
}

static bool share_stream(const struct touch *one, const struct touch *other)
{
    if (one->deed == DEED_POLL && other->deed == DEED_POLL)
        return one->object == other->object; // an epoll set: who is told once?
    if (looks_everywhere(one) || looks_everywhere(other))
        return true;
    if (share_number(one, other))
        return true;
    if (one->second == OBJECT_HISTORY && other->second == OBJECT_HISTORY)
        return one->object == other->object || one->deed != other->deed;
    return one->object == other->object ||
           (one->second != 0 &&
            (one->second == other->object || one->second == other->second)) ||
           (other->second != 0 && other->second == one->object);
}

static bool has_lifetime(enum kind kind)
{
    return kind == LIFETIME || (kind >= LOCK && kind <= ONCE);
}

// Whether an object begins or ends that the other step is about, too.
static bool share_lifetime(const struct touch *one, const struct touch *other)
{
    enum kind kind = kind_of(one->deed), others = kind_of(other->deed);

    return (kind == LIFETIME || others == LIFETIME) && has_lifetime(kind) &&
           has_lifetime(others) &&
           (one->object == other->object || one->object == other->second ||
            one->second == other->object);
}

bool conflict_between(const struct touch *one, const struct touch *other)
{
    enum kind kind = kind_of(one->deed);

    // Nothing comes behind the end of the process. What another thread does
    // before it, it does as well if the end comes later.
    if (kind == PROCESS || kind_of(other->deed) == PROCESS)
        return kind == kind_of(other->deed);
    if (share_lifetime(one, other))
        return true;
    if (share_mutex(one, other))
        return true;
    if (kind == ALONE || kind != kind_of(other->deed))
        return false;
    if (kind == MEMORY)
        return overlap(one, other) &&
               (writes(one->deed) || writes(other->deed));
    if (kind == INPUT_OUTPUT)
        return share_stream(one, other);
    // The threads' numbers follow the order of their creation.
    if (one->deed == DEED_CREATE && other->deed == DEED_CREATE)
        return true;
    return one->object == other->object &&
           on_one_object(kind, one->deed, other->deed);
}

static bool gives_up(enum deed deed)
{
    return deed == DEED_UNLOCK || deed == DEED_READ_UNLOCK || deed == DEED_WAIT;
}

static bool has_to_wait_for_mutex(enum deed deed)
{
    return deed == DEED_LOCK || deed == DEED_READ_LOCK || wakes(deed);
}

bool conflict_is_race(const struct touch *first, const struct touch *second)
{
    if (kind_of(first->deed) == THREAD && kind_of(second->deed) == THREAD)
        return first->deed == second->deed;
    if (mutex_of(first) != 0 && mutex_of(first) == mutex_of(second))
        return !gives_up(first->deed) || !has_to_wait_for_mutex(second->deed);
    return true;
}
