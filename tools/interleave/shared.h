// shared: what the program under test and the tool share, one mapping.
//
// The tool writes `order`, the program writes the rest: it forks a child for
// each schedule, and the child fills in `trace` and `outcome` while it runs, so
// that a crash loses nothing. Only the tool interprets what it finds there, and
// it trusts no number in it: the child may have gone mad.
#ifndef SHARED_H
#define SHARED_H

#include <stdbool.h>
#include <stdint.h>

enum {
    THREADS_LIMIT = 256,   // in one run, those that have ended included
    TRACE_LIMIT = 1 << 18, // steps that are recorded in one run
    TURNS_LIMIT = 4096,
    STOPS_LIMIT = 256,      // places in the code that stop a turn
    POINTS_LIMIT = 1 << 14, // addresses whose accesses are scheduled
    STACKS_LIMIT = 1 << 14,
    NAME_LIMIT = 16, // as in pthread_setname_np(3)
    TEXT_LIMIT = 512,
    SHARED_DESCRIPTOR = 200,  // where the program finds the mapping,
    ORDERS_DESCRIPTOR = 201,  // hears "go",
    REPORTS_DESCRIPTOR = 202, // and says "done"
};

enum strategy {
    STRATEGY_FIRST, // no switch unless the thread must wait
    STRATEGY_RANDOM,
    STRATEGY_PCT,
    STRATEGY_POS,
    STRATEGY_SURW,
    STRATEGY_DELAY,
    STRATEGY_EXACT, // the threads in order.exact, then as FIRST
    STRATEGY_TURNS, // the turns in order.turn, then as FIRST
};

// What a thread does at a scheduling point.
enum deed {
    DEED_START,
    DEED_READ,
    DEED_WRITE,
    DEED_ATOMIC_READ,
    DEED_ATOMIC_WRITE,
    DEED_ATOMIC_UPDATE,
    DEED_CREATE,
    DEED_JOIN,
    DEED_DETACH,
    DEED_FINISH, // the thread ends
    DEED_EXIT,   // the process ends
    DEED_LOCK,
    DEED_TRY_LOCK,
    DEED_UNLOCK,
    DEED_READ_LOCK,
    DEED_WAIT, // on a condition variable: gives up the mutex
    DEED_WAKE, // takes it again
    DEED_SIGNAL,
    DEED_BROADCAST,
    DEED_ARRIVE, // at a barrier
    DEED_LEAVE,
    DEED_ACQUIRE, // a semaphore
    DEED_RELEASE,
    DEED_ONCE,
    DEED_YIELD,
    DEED_SLEEP,
    DEED_INPUT,
    DEED_OUTPUT,
    DEED_SEND,    // a signal
    DEED_HANDLE,  // calls its handler
    DEED_SIGWAIT, // waits for one
    DEED_CANCEL,  // another thread
    DEED_FORK,
    DEED_AWAIT, // another process
    DEEDS,
};

enum finding {
    FINDING_NONE,
    FINDING_ASSERT,
    FINDING_CRASH,
    FINDING_DEADLOCK,
    FINDING_LIVELOCK,
    FINDING_RACE,
    FINDING_EXIT,
    FINDING_LEAK,
    FINDING_MISUSE,
    FINDING_HISTORY,
    FINDING_UNJUDGED, // the run could not be controlled to its end
};

// One step of the run, in the order in which they were carried out.
struct step {
    uint64_t pc;     // the call or the access
    uint64_t object; // address; of a thread: its number
    uint64_t second; // another object that is touched, too; 0: none
    uint64_t value;  // read or written
    uint32_t stack;  // index in `stack`
    uint8_t thread;
    uint8_t deed;
    uint8_t size;
    uint8_t enabled; // how many threads could have gone on (255: or more)
};

// A place in a stack: called at pc from the parent.
struct frame {
    uint64_t pc;
    uint32_t parent; // 0: the root
    uint32_t depth;
};

// A turn of a written schedule: this thread runs until it is about to come to
// one of the stops for the `times`th time in this turn, or has made `points`
// scheduling points in all, or to its end.
struct turn {
    char name[NAME_LIMIT];
    int16_t thread; // -1: whoever has that name
    uint16_t stop;  // first index in `stop`
    uint16_t stops; // how many; 0: no place
    uint16_t times;
    uint32_t points; // 0: no limit
    uint64_t object; // 0, or: the thread is about to lock this
};

// Addresses of code, from first to last.
struct stop {
    uint64_t first, last;
};

// An address whose accesses are scheduled, in the runs after `since`.
struct point {
    uint64_t key;
    uint64_t since;
};

struct order {
    int strategy;
    int mix[8];    // strategies that take turns, when there is no `strategy`
    int mixed;     // how many
    uint64_t run;  // counts up; the same again for a replay
    uint32_t runs; // so many, with seeds that count up, until one finds
    uint64_t seed;
    int depth;      // PCT
    int bound;      // delays
    uint32_t steps; // a longer run is a livelock
    bool ignore_races;
    bool record_all; // every access becomes a step
    bool lenient;    // a turn whose thread must wait is passed over
    bool quiet;      // what the program prints is dropped
    bool leaks;      // what is left at the end is a finding
    // Milliseconds of CPU time without a step: so long, and it is a livelock.
    // 0: as server.c thinks fit.
    uint32_t patience;
    int exit_code; // 0 or: a run that ends with another status fails
    uint32_t exact_count;
    uint8_t exact[TRACE_LIMIT];
    uint32_t turns;
    struct turn turn[TURNS_LIMIT];
    struct stop stop[STOPS_LIMIT];
};

// One side of a race.
struct access {
    uint64_t pc;
    uint64_t address;
    uint32_t stack;
    uint8_t thread;
    uint8_t size;
    bool writes;
    bool atomic;
    uint64_t locks[4]; // addresses of what was held; 0 behind the last
};

struct outcome {
    int finding;
    char text[TEXT_LIMIT]; // for people, without symbols
    uint64_t pc;           // where
    uint64_t object;
    uint32_t stack;
    uint8_t thread;
    int status;                  // of the process
    struct access first, second; // RACE
    int turn; // the turn that could not be followed; -1: none
    // In `text`, {object} stands for the name of `object`, {where} for the
    // place of `where`.
    uint64_t where;
    uint64_t seal; // see seal.h; the last field
};

// What is known of a thread at the end of the run.
struct fate {
    char name[NAME_LIMIT];
    uint32_t points; // scheduling points that it has passed
    uint8_t deed;    // what it was about to do
    bool finished;
    bool enabled;
    int16_t holder; // who holds what it waits for; -1: nobody
    uint64_t object, pc;
    uint32_t stack;
};

struct shared {
    uint64_t size;      // of this structure, as the tool knows it
    struct order order; // the program can only read it: pages of its own

    _Alignas(4096) struct outcome outcome;
    uint32_t runs; // of this order, that were carried out
    uint32_t steps;
    uint32_t threads;
    uint32_t stacks;
    uint32_t points; // scheduling points so far
    bool replaced;   // the program has become another one: execve(2)
    struct fate fate[THREADS_LIMIT];
    struct frame stack[STACKS_LIMIT];
    struct step trace[TRACE_LIMIT];

    // What is kept from run to run.
    uint32_t most_points;             // scheduling points of the longest run
    uint32_t point_count;             // addresses below
    struct point point[POINTS_LIMIT]; // open addressing; key 0: empty
};

#endif
