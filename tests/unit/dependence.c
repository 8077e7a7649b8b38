// Which steps of two threads matter to each other.
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "interleave/conflict.h"

// Two objects of any kind, and two more that a step touches, too.
enum { A = 1000, B = 2000, M = 3000, N = 4000 };

static const char *answer(bool conflict)
{
    return conflict ? "conflict" : "independent";
}

// ---- every pair of operations ----

// What an operation is to those before it, and to itself:
//
//     .   independent
//     =   a conflict if they are about the same object
//     X   a conflict in any case
static const struct {
    const char *name, *pairs;
} deeds[] = {
    // clang-format off
    [DEED_START] = {"START", "="},
    [DEED_READ] = {"READ", ".."},
    [DEED_WRITE] = {"WRITE", ".=="},
    [DEED_ATOMIC_READ] = {"ATOMIC_READ", "..=."},
    [DEED_ATOMIC_WRITE] = {"ATOMIC_WRITE", ".===="},
    [DEED_ATOMIC_UPDATE] = {"ATOMIC_UPDATE", ".====="},
    [DEED_CREATE] = {"CREATE", "=.....X"},
    [DEED_JOIN] = {"JOIN", "=.....=="},
    [DEED_DETACH] = {"DETACH", "=.....==="},
    [DEED_FINISH] = {"FINISH", "=.....===="},
    [DEED_EXIT] = {"EXIT", "..........X"},
    [DEED_LOCK] = {"LOCK", "...........="},
    [DEED_TRY_LOCK] = {"TRY_LOCK", "...........=="},
    [DEED_UNLOCK] = {"UNLOCK", "...........==="},
    [DEED_READ_LOCK] = {"READ_LOCK", "...........===."},
    [DEED_READ_UNLOCK] = {"READ_UNLOCK", "...........===.."},
    [DEED_WAIT] = {"WAIT", "................."},
    [DEED_WAKE] = {"WAKE", ".................="},
    [DEED_WAKE_EARLY] = {"WAKE_EARLY", ".................=="},
    [DEED_SIGNAL] = {"SIGNAL", "................===."},
    [DEED_BROADCAST] = {"BROADCAST", "................===.."},
    [DEED_ARRIVE] = {"ARRIVE", ".....................="},
    [DEED_LEAVE] = {"LEAVE", ".....................=."},
    [DEED_ACQUIRE] = {"ACQUIRE", ".......................="},
    [DEED_RELEASE] = {"RELEASE", ".......................=."},
    [DEED_ONCE] = {"ONCE", ".........................="},
    [DEED_NAME] = {"NAME", "..........................."},
    [DEED_YIELD] = {"YIELD", "............................"},
    [DEED_ENTER] = {"ENTER", "............................."},
    [DEED_SLEEP] = {"SLEEP", ".............................."},
    [DEED_INPUT] = {"INPUT", "..............................="},
    [DEED_OUTPUT] = {"OUTPUT", "..............................=="},
    [DEED_ACCEPT] = {"ACCEPT", "..............................==X"},
    [DEED_CONNECT] = {"CONNECT", "..............................===="},
    [DEED_POLL] = {"POLL", "..............................XXXX="},
    [DEED_REGISTER] = {"REGISTER", "..............................====X="},
    [DEED_LISTEN] = {"LISTEN", "..............................====X=="},
    [DEED_OPEN] = {"OPEN", "..............................==X=X==X"},
    [DEED_CLOSE] = {"CLOSE", "..............................==X=X==XX"},
    [DEED_SHUT] = {"SHUT", "..............................====X====="},
    [DEED_ALLOCATE] = {"ALLOCATE", "........................................."},
    [DEED_FREE] = {"FREE", ".........................................."},
    [DEED_CALL] = {"CALL", "..........................................."},
    [DEED_RETURN] = {"RETURN", "............................................"},
    [DEED_SEND] = {"SEND", "............................................."},
    [DEED_HANDLE] = {"HANDLE", ".............................................."},
    [DEED_SIGWAIT] = {"SIGWAIT", "..............................................."},
    [DEED_CANCEL] = {"CANCEL", "................................................"},
    [DEED_FORK] = {"FORK", "................................................."},
    [DEED_AWAIT] = {"AWAIT", ".................................................."},
    [DEED_MORE] = {"MORE", "..................................................."},
    [DEED_PRINT] = {"PRINT", "...................................................."},
    [DEED_MAKE] = {"MAKE", "...........===============..........................="},
    [DEED_DESTROY] = {"DESTROY", "...........===============..........................=="},
    // clang-format on
};

static struct touch touch_of(enum deed deed, uint64_t object)
{
    bool accesses = deed >= DEED_READ && deed <= DEED_ATOMIC_UPDATE;

    return (struct touch){
        .deed = deed, .size = accesses ? 4 : 0, .object = object};
}

static void assert_pair(enum deed one, enum deed other, char expected)
{
    const struct touch here = touch_of(one, A);
    const struct touch there = touch_of(other, A);
    const struct touch elsewhere = touch_of(other, B);
    char row[60];

    snprintf(row, sizeof row, "%s and %s of one object", deeds[one].name,
             deeds[other].name);
    assert_row(row, answer(conflict_between(&here, &there)),
               answer(expected != '.'));
    snprintf(row, sizeof row, "%s and %s of two objects", deeds[one].name,
             deeds[other].name);
    assert_row(row, answer(conflict_between(&here, &elsewhere)),
               answer(expected == 'X'));
}

static void every_pair(void **state)
{
    (void)state;
    assert_int_equal(COUNT_OF(deeds), DEEDS);
    for (int one = 0; one < DEEDS; one++) {
        assert_non_null(deeds[one].pairs);
        assert_int_equal(strlen(deeds[one].pairs), one + 1);
        for (int other = 0; other <= one; other++) {
            assert_pair(one, other, deeds[one].pairs[other]);
            assert_pair(other, one, deeds[one].pairs[other]);
        }
    }
}

// ---- more than the one object ----

struct pair {
    const char *name;
    struct touch one, other;
    bool conflict;
};

static void assert_pairs(const struct pair *pair, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_row(pair[i].name,
                   answer(conflict_between(&pair[i].one, &pair[i].other)),
                   answer(pair[i].conflict));
}

static void parts_of_memory(void **state)
{
    static const struct pair pairs[] = {
        {"a byte behind", {DEED_WRITE, 4, A, 0}, {DEED_READ, 1, A + 4, 0}, 0},
        {"a byte before", {DEED_WRITE, 4, A, 0}, {DEED_READ, 1, A - 1, 0}, 0},
        {"the last byte", {DEED_WRITE, 4, A, 0}, {DEED_READ, 1, A + 3, 0}, 1},
        {"the first byte", {DEED_WRITE, 4, A, 0}, {DEED_READ, 1, A, 0}, 1},
        {"one byte of both",
         {DEED_WRITE, 8, A, 0},
         {DEED_WRITE, 8, A + 7, 0},
         1},
        {"all around it", {DEED_READ, 8, A - 2, 0}, {DEED_WRITE, 1, A, 0}, 1},
    };

    (void)state;
    assert_pairs(pairs, COUNT_OF(pairs));
}

// pthread_cond_wait takes the condition variable and the mutex.
static void mutex_of_condition(void **state)
{
    static const struct pair pairs[] = {
        {"waits, and locks", {DEED_WAIT, 0, A, M}, {DEED_LOCK, 0, M, 0}, 1},
        {"waits, and tries", {DEED_WAIT, 0, A, M}, {DEED_TRY_LOCK, 0, M, 0}, 1},
        {"waits, and unlocks", {DEED_WAIT, 0, A, M}, {DEED_UNLOCK, 0, M, 0}, 1},
        {"wakes, and unlocks", {DEED_WAKE, 0, A, M}, {DEED_UNLOCK, 0, M, 0}, 1},
        {"wakes early, and locks",
         {DEED_WAKE_EARLY, 0, A, M},
         {DEED_LOCK, 0, M, 0},
         1},
        {"waits, and locks another",
         {DEED_WAIT, 0, A, M},
         {DEED_LOCK, 0, N, 0},
         0},
        {"wait for two, one mutex",
         {DEED_WAIT, 0, A, M},
         {DEED_WAIT, 0, B, M},
         1},
        {"wait for two, two mutexes",
         {DEED_WAIT, 0, A, M},
         {DEED_WAIT, 0, B, N},
         0},
        {"wait for one, two mutexes",
         {DEED_WAIT, 0, A, M},
         {DEED_WAIT, 0, A, N},
         0},
        {"signals, and locks", {DEED_SIGNAL, 0, A, 0}, {DEED_LOCK, 0, M, 0}, 0},
        {"signals, and wakes", {DEED_SIGNAL, 0, A, 0}, {DEED_WAKE, 0, A, M}, 1},
    };

    (void)state;
    assert_pairs(pairs, COUNT_OF(pairs));
}

// A listener takes the connections that wait in its queue with it.
static void listener_goes(void **state)
{
    static const struct pair pairs[] = {
        {"a listener",
         {DEED_SHUT, 0, OBJECT_DOORS, 0},
         {DEED_INPUT, 0, A, 0},
         1},
        {"a connection", {DEED_SHUT, 0, B, 0}, {DEED_INPUT, 0, A, 0}, 0},
    };

    (void)state;
    assert_pairs(pairs, COUNT_OF(pairs));
}

// What is opened gets one of the lowest numbers that are free.
enum { FIVE = 5000, SIX = FIVE + sizeof(void *), SEVEN = SIX + sizeof(void *) };

static const struct pair numbers[] = {
    {"registers the number that is opened",
     {DEED_OPEN, 1, A, FIVE},
     {DEED_REGISTER, 0, B, FIVE},
     1},
    {"registers with the number",
     {DEED_OPEN, 1, A, FIVE},
     {DEED_REGISTER, 0, FIVE, B},
     1},
    {"registers the next number",
     {DEED_OPEN, 1, A, FIVE},
     {DEED_REGISTER, 0, B, SIX},
     0},
    {"registers the one before",
     {DEED_OPEN, 1, A, SIX},
     {DEED_REGISTER, 0, B, FIVE},
     0},
    {"registers the second of two",
     {DEED_OPEN, 2, A, FIVE},
     {DEED_REGISTER, 0, B, SIX},
     1},
    {"registers the one behind two",
     {DEED_OPEN, 2, A, FIVE},
     {DEED_REGISTER, 0, B, SEVEN},
     0},
    {"registers what is accepted",
     {DEED_ACCEPT, 1, A, FIVE},
     {DEED_REGISTER, 0, B, FIVE},
     1},
    {"shuts what is opened",
     {DEED_OPEN, 1, A, FIVE},
     {DEED_SHUT, 0, FIVE, 0},
     1},
    {"connects, and gets no number",
     {DEED_CONNECT, 2, A, FIVE},
     {DEED_SHUT, 0, SIX, 0},
     0},
};

static void numbers_of_descriptors(void **state)
{
    (void)state;
    assert_pairs(numbers, COUNT_OF(numbers));
}

// A client's request must see what happened before the reply to another one.
static void history_of_clients(void **state)
{
    static const struct pair pairs[] = {
        {"asks, and is told",
         {DEED_OUTPUT, 0, A, OBJECT_HISTORY},
         {DEED_INPUT, 0, B, OBJECT_HISTORY},
         1},
        {"both ask",
         {DEED_OUTPUT, 0, A, OBJECT_HISTORY},
         {DEED_OUTPUT, 0, B, OBJECT_HISTORY},
         0},
        {"both are told",
         {DEED_INPUT, 0, A, OBJECT_HISTORY},
         {DEED_INPUT, 0, B, OBJECT_HISTORY},
         0},
        {"both on one connection",
         {DEED_OUTPUT, 0, A, OBJECT_HISTORY},
         {DEED_OUTPUT, 0, A, OBJECT_HISTORY},
         1},
        {"asks, and the server reads elsewhere",
         {DEED_OUTPUT, 0, A, OBJECT_HISTORY},
         {DEED_INPUT, 0, B, 0},
         0},
        {"asks, and the server reads",
         {DEED_OUTPUT, 0, A, OBJECT_HISTORY},
         {DEED_INPUT, 0, A, 0},
         1},
    };

    (void)state;
    assert_pairs(pairs, COUNT_OF(pairs));
}

static void second_objects(void **state)
{
    static const struct pair pairs[] = {
        {"registers what is closed",
         {DEED_REGISTER, 0, A, M},
         {DEED_CLOSE, 0, M, OBJECT_NUMBERS},
         1},
        {"registers one with two",
         {DEED_REGISTER, 0, A, M},
         {DEED_REGISTER, 0, B, M},
         1},
        {"registers two with two",
         {DEED_REGISTER, 0, A, M},
         {DEED_REGISTER, 0, B, N},
         0},
        {"no second object is none",
         {DEED_INPUT, 0, A, 0},
         {DEED_OUTPUT, 0, B, 0},
         0},
    };

    (void)state;
    assert_pairs(pairs, COUNT_OF(pairs));
}

// ---- for all: it makes no difference who is named first ----

static struct touch random_touch(void)
{
    static const uint64_t objects[] = {
        0, OBJECT_NUMBERS, OBJECT_DOORS, OBJECT_HISTORY, A, A + 2, A + 8, B, M};

    return (struct touch){
        .deed = (enum deed)(rand() % DEEDS),
        .size = (uint8_t)(rand() % 9),
        .object = objects[(size_t)rand() % COUNT_OF(objects)],
        .second = objects[(size_t)rand() % COUNT_OF(objects)],
    };
}

static void symmetric(void **state)
{
    (void)state;
    srand(1);
    for (int i = 0; i < 200000; i++) {
        const struct touch one = random_touch(), other = random_touch();
        char row[120];

        snprintf(row, sizeof row, "%s (%d, %d, %d) and %s (%d, %d, %d)",
                 deeds[one.deed].name, one.size, (int)one.object,
                 (int)one.second, deeds[other.deed].name, other.size,
                 (int)other.object, (int)other.second);
        if (conflict_between(&one, &other) != conflict_between(&other, &one))
            assert_row(row, "symmetric", "not symmetric");
    }
}

// ---- against a small machine, which carries both out in both orders ----

// Two bytes, a lock for writers and readers, a semaphore; threads 0 and 1.
struct machine {
    int byte[2];
    int owner;   // of the lock: a thread; -1: none
    int readers; // bits: threads
    int count;   // of the semaphore
};

static bool is_possible(const struct machine *machine, int thread,
                        const struct touch *touch)
{
    switch (touch->deed) {
    case DEED_LOCK:
        return machine->owner < 0 && machine->readers == 0;
    case DEED_READ_LOCK:
        return machine->owner < 0 && !(machine->readers & 1 << thread);
    case DEED_UNLOCK:
        return machine->owner == thread;
    case DEED_READ_UNLOCK:
        return machine->readers & 1 << thread;
    case DEED_ACQUIRE:
        return machine->count > 0;
    default:
        return true;
    }
}

// Returns what the thread sees of it.
static int carry_out(struct machine *machine, int thread,
                     const struct touch *touch)
{
    int *byte = &machine->byte[touch->object == A + 1];
    int seen = 0;

    switch (touch->deed) {
    case DEED_READ:
        return *byte;
    case DEED_WRITE:
        *byte = 10 + thread;
        return 0;
    case DEED_ATOMIC_UPDATE:
        seen = *byte;
        *byte += 1 + thread;
        return seen;
    case DEED_LOCK:
        machine->owner = thread;
        return 0;
    case DEED_TRY_LOCK:
        seen = machine->owner < 0 && machine->readers == 0;
        if (seen)
            machine->owner = thread;
        return seen;
    case DEED_UNLOCK:
        machine->owner = -1;
        return 0;
    case DEED_READ_LOCK:
    case DEED_READ_UNLOCK:
        machine->readers ^= 1 << thread;
        return 0;
    default:
        machine->count += touch->deed == DEED_RELEASE ? 1 : -1;
        return 0;
    }
}

// Both, one after the other. Returns false if that is not possible.
static bool carry_out_both(struct machine *machine, const struct touch touch[2],
                           int first, int seen[2])
{
    for (int i = 0; i < 2; i++) {
        int thread = i == 0 ? first : 1 - first;

        if (!is_possible(machine, thread, &touch[thread]))
            return false;
        seen[thread] = carry_out(machine, thread, &touch[thread]);
    }
    return true;
}

static bool order_matters(const struct machine *machine,
                          const struct touch touch[2])
{
    struct machine one = *machine, other = *machine;
    int seen[2] = {0}, seen_otherwise[2] = {0};
    bool possible = carry_out_both(&one, touch, 0, seen);

    if (possible != carry_out_both(&other, touch, 1, seen_otherwise))
        return true;
    return possible && (memcmp(&one, &other, sizeof one) != 0 ||
                        memcmp(seen, seen_otherwise, sizeof seen) != 0);
}

static const struct touch small[] = {
    {DEED_READ, 1, A, 0},          {DEED_READ, 1, A + 1, 0},
    {DEED_WRITE, 1, A, 0},         {DEED_WRITE, 1, A + 1, 0},
    {DEED_ATOMIC_UPDATE, 1, A, 0}, {DEED_LOCK, 0, M, 0},
    {DEED_TRY_LOCK, 0, M, 0},      {DEED_UNLOCK, 0, M, 0},
    {DEED_READ_LOCK, 0, M, 0},     {DEED_READ_UNLOCK, 0, M, 0},
    {DEED_ACQUIRE, 0, N, 0},       {DEED_RELEASE, 0, N, 0},
};

// All states that the machine can be in, but for the bytes: these are
// different.
static bool next_state(struct machine *machine)
{
    if (++machine->count <= 2)
        return true;
    machine->count = 0;
    if (machine->owner < 0 && ++machine->readers <= 3)
        return true;
    machine->readers = 0;
    return ++machine->owner <= 1;
}

// What the small machine says of a pair: whether the order matters in some
// state, and whether both are possible in some state.
static void ask_machine(const struct touch touch[2], bool *matters, bool *both)
{
    struct machine machine = {.byte = {1, 2}, .owner = -1};

    *matters = *both = false;
    do {
        *matters = *matters || order_matters(&machine, touch);
        *both = *both || (is_possible(&machine, 0, &touch[0]) &&
                          is_possible(&machine, 1, &touch[1]));
    } while (next_state(&machine));
}

static void machine_agrees(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(small) * COUNT_OF(small); i++) {
        const struct touch touch[2] = {small[i % COUNT_OF(small)],
                                       small[i / COUNT_OF(small)]};
        bool matters, both;
        char row[60];

        ask_machine(touch, &matters, &both);
        snprintf(row, sizeof row, "%s, %s", deeds[touch[0].deed].name,
                 deeds[touch[1].deed].name);
        if (matters)
            assert_row(row, answer(conflict_between(&touch[0], &touch[1])),
                       "conflict");
        if (matters && both)
            assert_row(row,
                       conflict_is_race(&touch[0], &touch[1]) ? "race"
                                                              : "no race",
                       "race");
    }
}

// ---- conflicts whose order can be another one ----

static const struct {
    const char *name;
    struct touch first, second;
    bool race;
} orders[] = {
    {"unlocks, then another locks",
     {DEED_UNLOCK, 0, M, 0},
     {DEED_LOCK, 0, M, 0},
     0},
    {"unlocks, then another read locks",
     {DEED_UNLOCK, 0, M, 0},
     {DEED_READ_LOCK, 0, M, 0},
     0},
    {"read unlocks, then another locks",
     {DEED_READ_UNLOCK, 0, M, 0},
     {DEED_LOCK, 0, M, 0},
     0},
    {"unlocks, then another tries",
     {DEED_UNLOCK, 0, M, 0},
     {DEED_TRY_LOCK, 0, M, 0},
     1},
    {"locks, then another locks",
     {DEED_LOCK, 0, M, 0},
     {DEED_LOCK, 0, M, 0},
     1},
    {"tries, then another locks",
     {DEED_TRY_LOCK, 0, M, 0},
     {DEED_LOCK, 0, M, 0},
     1},
    {"tries, then another unlocks",
     {DEED_TRY_LOCK, 0, M, 0},
     {DEED_UNLOCK, 0, M, 0},
     1},
    {"waits, then another locks",
     {DEED_WAIT, 0, A, M},
     {DEED_LOCK, 0, M, 0},
     0},
    {"waits, then another wakes",
     {DEED_WAIT, 0, A, M},
     {DEED_WAKE, 0, A, M},
     0},
    {"unlocks, then another wakes",
     {DEED_UNLOCK, 0, M, 0},
     {DEED_WAKE, 0, A, M},
     0},
    {"unlocks, then another wakes early",
     {DEED_UNLOCK, 0, M, 0},
     {DEED_WAKE_EARLY, 0, A, M},
     0},
    {"wakes, then another wakes",
     {DEED_WAKE, 0, A, M},
     {DEED_WAKE, 0, A, M},
     1},
    {"signals, then another wakes",
     {DEED_SIGNAL, 0, A, 0},
     {DEED_WAKE, 0, A, M},
     1},
    {"signals, then another waits",
     {DEED_SIGNAL, 0, A, 0},
     {DEED_WAIT, 0, A, M},
     1},
    {"creates a thread, which starts",
     {DEED_CREATE, 0, 1, 0},
     {DEED_START, 0, 1, 0},
     0},
    {"a thread ends, and is joined",
     {DEED_FINISH, 0, 1, 0},
     {DEED_JOIN, 0, 1, 0},
     0},
    {"both create a thread", {DEED_CREATE, 0, 1, 0}, {DEED_CREATE, 0, 2, 0}, 1},
    {"both join a thread", {DEED_JOIN, 0, 1, 0}, {DEED_JOIN, 0, 1, 0}, 1},
    {"writes, then another reads",
     {DEED_WRITE, 4, A, 0},
     {DEED_READ, 4, A, 0},
     1},
    {"reads, then another writes",
     {DEED_READ, 4, A, 0},
     {DEED_WRITE, 4, A, 0},
     1},
    {"sends, then another receives",
     {DEED_OUTPUT, 0, A, 0},
     {DEED_INPUT, 0, A, 0},
     1},
    {"a step, then the process ends",
     {DEED_WRITE, 4, A, 0},
     {DEED_EXIT, 0, 0, 0},
     1},
};

static void races(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(orders); i++)
        assert_row(orders[i].name,
                   conflict_is_race(&orders[i].first, &orders[i].second)
                       ? "race"
                       : "no race",
                   orders[i].race ? "race" : "no race");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST("every pair of operations, on one object and on two", every_pair),
        TEST("memory: whether the bytes overlap, and one of them is written",
             parts_of_memory),
        TEST("waiting for a condition is also a use of its mutex",
             mutex_of_condition),
        TEST("a listener that goes concerns every connection", listener_goes),
        TEST("opening concerns those who use the number that it gets",
             numbers_of_descriptors),
        TEST("a client's question and the reply to another client",
             history_of_clients),
        TEST("input and output that touch a second object", second_objects),
        TEST("for all: a conflict of one with the other is one of the other "
             "with the one",
             symmetric),
        TEST("for all of a small machine: where the order makes a difference "
             "there is a conflict",
             machine_agrees),
        TEST("which conflicts may have been the other way round", races),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
